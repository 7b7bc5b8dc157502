using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.CompilerServices;
using Lure.Analyzers;
using Lure.Core.Kernel;

namespace Lure.Linux.Kernel;

/// <summary>
/// A connect to a local address where nobody listens can meet itself: the kernel gives it the very
/// port it connects to, and the two opens cross (RFC 9293, 3.5). The client would then get its own
/// bytes back, and the real server could not bind its port any more.
/// </summary>
[HotPath]
internal readonly unsafe struct SelfConnect
{
    private const int PortOffset = 2;
    private const int AddressBytes = 8;
    private const int IPv6Offset = 8;
    private const int IPv6Bytes = 16;

    private readonly int _low;
    private readonly int _high;

    private SelfConnect(int low, int high)
    {
        _low = low;
        _high = high;
    }

    /// <summary>For net.ipv4.ip_local_port_range, which is both families'; for all ports where it cannot be read.</summary>
    /// <remarks>Not the initialiser of a static field: it would read a file in the turn of the first connect.</remarks>
    [ColdPath("reads the range, once in the life of a worker", perTurnMax: 0)]
    public static SelfConnect ForThisHost()
    {
        try
        {
            string[] words = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range")
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return new SelfConnect(int.Parse(words[0], null), int.Parse(words[1], null));
        }
        catch (Exception unreadable)
            when (unreadable
                    is IOException
                        or UnauthorizedAccessException
                        or FormatException
                        or IndexOutOfRangeException
            )
        {
            return new SelfConnect(0, ushort.MaxValue);
        }
    }

    /// <summary>Only a port that the kernel gives out by itself can be met; those of most servers are below, and cost no call.</summary>
    public bool IsPossible(in SocketAddress target)
    {
        if (target.Family is not (SocketAddress.FamilyIPv4 or SocketAddress.FamilyIPv6))
        {
            return false;
        }

        int port = BinaryPrimitives.ReadUInt16BigEndian(target.Bytes[PortOffset..]);
        return port >= _low && port <= _high;
    }

    /// <summary>Whether a connecting socket has the address that it connects to. If so its close will be a reset: TIME_WAIT would hold the port.</summary>
    public static bool Happened(int fd, in SocketAddress target)
    {
        Unsafe.SkipInit(out SocketAddress own);
        Span<byte> buffer = own.Buffer;
        uint length = (uint)buffer.Length;
        fixed (byte* first = buffer)
        {
            if (Libc.GetSocketName(fd, first, &length) != 0)
            {
                return false;
            }
        }

        int start = target.Family == SocketAddress.FamilyIPv4 ? PortOffset : IPv6Offset;
        int count = target.Family == SocketAddress.FamilyIPv4 ? AddressBytes - PortOffset : IPv6Bytes;
        bool same =
            buffer.Slice(PortOffset, sizeof(ushort)).SequenceEqual(target.Bytes.Slice(PortOffset, sizeof(ushort)))
            && buffer.Slice(start, count).SequenceEqual(target.Bytes.Slice(start, count));
        if (same)
        {
            Linger reset = new() { OnOff = 1, Seconds = 0 };
            _ = Libc.SetOption(
                fd,
                LinuxConstants.SocketLevel,
                LinuxConstants.OptionLinger,
                &reset,
                (uint)sizeof(Linger)
            );
        }

        return same;
    }
}
