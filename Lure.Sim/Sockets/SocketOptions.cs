using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

/// <summary>What setsockopt(2) was told, for tests to read; none of it changes what the fake does.</summary>
internal sealed class SocketOptions
{
    private readonly int?[] _values = new int?[Enum.GetValues<SocketOption>().Length];

    public int? this[SocketOption option]
    {
        get => _values[(int)option];
        set => _values[(int)option] = value;
    }

    public void Clear() => Array.Clear(_values);
}
