namespace Lure.Sim.Tests.Conformance;

/// <summary>What a lying kernel lies about.</summary>
public enum Lie
{
    None,

    /// <summary>A read that meets a reset says that the stream is at its end.</summary>
    EndInsteadOfReset,

    /// <summary>A wait for two events says that nothing is ready.</summary>
    NoWakeUp,

    /// <summary>The first byte of a longer read is another.</summary>
    ByteChanged,

    /// <summary>A new descriptor does not get the lowest free number.</summary>
    HighestNumber,

    /// <summary>Now and then a read finds nothing, and not at the same place each time.</summary>
    Moody,
}
