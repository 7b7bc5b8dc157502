using System;

namespace Lure.Linux.Logging;

/// <summary>Something that an operator has to know, ready to be written in any format.</summary>
internal readonly ref struct OperatorEvent
{
    /// <summary>Monotonic ns.</summary>
    public long Time { get; init; }

    public ReadOnlySpan<byte> Name { get; init; }

    public ReadOnlySpan<byte> Level { get; init; }

    /// <summary>A sentence with the cause and the cure; no quote, no backslash, no control character in it.</summary>
    public ReadOnlySpan<byte> Message { get; init; }

    /// <summary>-1 where it is about none.</summary>
    public int Listener { get; init; }

    public int Backend { get; init; }

    public int Server { get; init; }

    public int Errno { get; init; }

    /// <summary>Monotonic ns; 0 where nothing has an end.</summary>
    public long Until { get; init; }

    /// <summary>How often it happened since it was last told.</summary>
    public long Times { get; init; }
}
