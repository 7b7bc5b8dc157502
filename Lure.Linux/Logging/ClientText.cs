using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Linux.Logging;

/// <summary>
/// The address of a client in the form that HAProxy and every other user of inet_ntop(3) prints.
/// A scope (<c>%eth0</c>) is left out, as there.
/// </summary>
internal static unsafe class ClientText
{
    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;
    private const int IPv6Bytes = 16;

    /// <summary>INET6_ADDRSTRLEN: the longest form and its final zero.</summary>
    private const int TextCapacity = 46;

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

    /// <summary>False for a unix client, which has neither address nor port.</summary>
    public static bool IsNetwork(in ClientAddress client) =>
        client.Family is SocketAddress.FamilyIPv4 or SocketAddress.FamilyIPv6;

    public static ushort Port(in ClientAddress client) =>
        BinaryPrimitives.ReadUInt16BigEndian(client.Bytes[PortOffset..]);

    /// <summary>Writes the address without port; <c>unix</c> or <c>unknown</c> for what has none.</summary>
    public static void WriteAddress(LineBuffer line, in ClientAddress client)
    {
        switch (client.Family)
        {
            case SocketAddress.FamilyIPv4:
                WriteNetwork(line, SocketAddress.FamilyIPv4, client.Bytes[IPv4Offset..]);
                break;
            case SocketAddress.FamilyIPv6:
                ReadOnlySpan<byte> address = client.Bytes.Slice(IPv6Offset, IPv6Bytes);
                if (address.StartsWith(MappedPrefix))
                {
                    WriteNetwork(line, SocketAddress.FamilyIPv4, address[MappedPrefix.Length..]);
                }
                else
                {
                    WriteNetwork(line, SocketAddress.FamilyIPv6, address);
                }

                break;
            case SocketAddress.FamilyUnix:
                line.Add("unix"u8);
                break;
            default:
                line.Add("unknown"u8);
                break;
        }
    }

    // The C library's and not System.Net.IPAddress: that one is a class, an allocation for each line.
    private static void WriteNetwork(LineBuffer line, ushort family, ReadOnlySpan<byte> address)
    {
        byte* text = stackalloc byte[TextCapacity];
        fixed (byte* source = address)
        {
            if (inet_ntop(family, source, text, TextCapacity) is not null)
            {
                line.Add(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
            }
        }
    }

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern byte* inet_ntop(int family, byte* source, byte* text, uint capacity);
}
