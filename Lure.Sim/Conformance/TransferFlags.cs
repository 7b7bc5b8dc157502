using System;

namespace Lure.Sim.Conformance;

/// <summary>Flags of send(2) and recv(2); the values are those of asm-generic/socket.h.</summary>
[Flags]
public enum TransferFlags
{
    None = 0,

    /// <summary>MSG_OOB: the urgent byte.</summary>
    OutOfBand = 1,

    /// <summary>MSG_PEEK.</summary>
    Peek = 2,
}
