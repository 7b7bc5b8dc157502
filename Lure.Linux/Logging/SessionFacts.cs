using System;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Linux.Logging;

/// <summary>What the fields of a line are computed from.</summary>
internal static class SessionFacts
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>An id is the worker's number in the top byte and a count below it.</summary>
    private const int CounterBits = 56;

    /// <summary>HAProxy's Tw, ms: until the last attempt to connect began; -1 when there was none.</summary>
    public static long Waited(in LoopRecord record) =>
        record.ConnectStartedAt == 0 ? -1 : Milliseconds(record.StartedAt, record.ConnectStartedAt);

    /// <summary>HAProxy's Tc, ms: how long that attempt took; -1 when it never came to a connection.</summary>
    public static long Connecting(in LoopRecord record) =>
        record.ConnectStartedAt == 0 || record.ConnectedAt == 0
            ? -1
            : Milliseconds(record.ConnectStartedAt, record.ConnectedAt);

    /// <summary>HAProxy's Tt, ms: from accept to the end.</summary>
    public static long Total(in LoopRecord record) => Milliseconds(record.StartedAt, record.EndedAt);

    /// <summary>HAProxy's %B: bytes that the client got. Received ones that were lost do not count.</summary>
    public static long Delivered(in LoopRecord record) => Math.Max(0, record.Down - record.LostDown);

    public static ulong Counter(ulong id) => id & ((1UL << CounterBits) - 1);

    public static ReadOnlySpan<byte> Name(EndKind end) =>
        end switch
        {
            EndKind.Fin => "FIN"u8,
            EndKind.Reset => "RST"u8,
            EndKind.Timeout => "TMO"u8,
            _ => "-"u8,
        };

    /// <summary>True when the server's stream ended, and the client's later or not at all.</summary>
    public static bool ServerFirst(in LoopRecord record) =>
        record.ServerEnd != EndKind.None && (record.ServerEndedFirst || record.ClientEnd == EndKind.None);

    /// <summary>The side whose stream ended first: <c>c</c>, <c>s</c> or <c>-</c>.</summary>
    public static ReadOnlySpan<byte> First(in LoopRecord record) =>
        ServerFirst(in record) ? "s"u8
        : record.ClientEnd != EndKind.None ? "c"u8
        : "-"u8;

    /// <summary>A letter of the end code; a question mark for what can be none, so that the line stays one.</summary>
    public static byte Letter(byte letter) =>
        char.IsAsciiLetter((char)letter) || letter == (byte)'-' ? letter : (byte)'?';

    /// <summary>Adds an error number by its name, or as a number when it has none here.</summary>
    public static void AddErrno(LineBuffer line, int errno)
    {
        ReadOnlySpan<byte> name = ErrnoName.Utf8(errno);
        if (name.IsEmpty)
        {
            line.AddNumber(errno);
            return;
        }

        line.Add(name);
    }

    public static void AddId(LineBuffer line, in LoopRecord record)
    {
        line.AddHex(record.Worker);
        line.Add((byte)'-');
        line.AddHex(Counter(record.Id));
    }

    private static long Milliseconds(long from, long to) =>
        Math.Max(0, unchecked(to - from)) / NanosecondsPerMillisecond;
}
