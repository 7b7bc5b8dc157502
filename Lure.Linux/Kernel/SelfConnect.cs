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
internal static unsafe class SelfConnect
{
    private const int PortOffset = 2;
    private const int AddressBytes = 8;
    private const int IPv6Offset = 8;
    private const int IPv6Bytes = 16;

    private static readonly (int Low, int High) s_range = EphemeralPorts();

    /// <summary>Only a port that the kernel gives out by itself can be met; those of most servers are below, and cost no call.</summary>
    public static bool IsPossible(in SocketAddress target)
    {
        if (target.Family is not (SocketAddress.FamilyIPv4 or SocketAddress.FamilyIPv6))
        {
            return false;
        }

        int port = BinaryPrimitives.ReadUInt16BigEndian(target.Bytes[PortOffset..]);
        return port >= s_range.Low && port <= s_range.High;
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

    /// <summary>net.ipv4.ip_local_port_range, for both families; all ports where it cannot be read.</summary>
    [ColdPath("reads the range, once", perTurnMax: 0)]
    private static (int Low, int High) EphemeralPorts()
    {
        try
        {
            string[] words = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range")
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return (int.Parse(words[0], null), int.Parse(words[1], null));
        }
        catch (Exception unreadable)
            when (unreadable
                    is IOException
                        or UnauthorizedAccessException
                        or FormatException
                        or IndexOutOfRangeException
            )
        {
            return (0, ushort.MaxValue);
        }
    }
}
