using System;
using System.Buffers.Binary;
using System.Net;
using System.Text;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Linux.Configuration;
using Lure.Linux.Logging;
using SocketAddress = Lure.Core.Kernel.SocketAddress;

namespace Lure.Linux.Tests.Logging;

/// <summary>Records and names that several tests write down.</summary>
internal static class SampleRecords
{
    private const long Millisecond = 1_000_000;

    public static LogNames Names => new(["pg"], ["pg"], ["s1", "s2"]);

    public static ClientAddress Client(string address, ushort port)
    {
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        byte[] sockaddr = new byte[bytes.Length == 4 ? 16 : 28];
        sockaddr[0] = (byte)(bytes.Length == 4 ? SocketAddress.FamilyIPv4 : SocketAddress.FamilyIPv6);
        BinaryPrimitives.WriteUInt16BigEndian(sockaddr.AsSpan(2), port);
        bytes.CopyTo(sockaddr, bytes.Length == 4 ? 4 : 8);
        return ClientAddress.From(SocketAddress.From(sockaddr));
    }

    public static ClientAddress UnixClient() => ClientAddress.From(SocketAddress.From([1, 0]));

    /// <summary>A session that went well: accepted at the start of <see cref="FixedTime"/>, 734 ms long.</summary>
    public static LoopRecord Whole() =>
        new()
        {
            Kind = RecordKind.SessionEnd,
            Id = (2UL << 56) | 0x19,
            Worker = 2,
            StartedAt = FixedTime.Start,
            ConnectStartedAt = FixedTime.Start + (3 * Millisecond),
            ConnectedAt = FixedTime.Start + (8 * Millisecond),
            EndedAt = FixedTime.Start + (734 * Millisecond) + 999_999,
            Up = 912_334,
            Down = 48_120_333,
            Server = 1,
            ProcessSessions = 11,
            ListenerSessions = 8,
            BackendSessions = 3,
            ServerSessions = 1,
            Client = Client("10.9.8.7", 40112),
            Who = (byte)'-',
            State = (byte)'-',
            ClientEnd = EndKind.Fin,
            ServerEnd = EndKind.Fin,
            ClientOut = EndKind.Fin,
            ServerOut = EndKind.Fin,
            Retries = 1,
        };

    /// <summary>A server that reset while the client still read.</summary>
    public static LoopRecord Cut()
    {
        LoopRecord record = Whole();
        record.Retries = 0;
        record.Server = 0;
        record.Who = (byte)'S';
        record.State = (byte)'D';
        record.ServerEnd = EndKind.Reset;
        record.ClientEnd = EndKind.None;
        record.ClientOut = EndKind.Reset;
        record.ServerOut = EndKind.None;
        record.ServerErrno = Errno.ConnectionReset;
        record.LostDown = 512;
        record.LostUp = 7;
        record.Client = Client("2001:db8::1", 443);
        return record;
    }

    /// <summary>No server was left to try.</summary>
    public static LoopRecord Refused() =>
        new()
        {
            Kind = RecordKind.SessionEnd,
            Id = 1,
            StartedAt = FixedTime.Start,
            EndedAt = FixedTime.Start + Millisecond,
            Backend = -1,
            Server = -1,
            Who = (byte)'S',
            State = (byte)'Q',
            ClientOut = EndKind.Reset,
            Client = UnixClient(),
        };

    /// <summary>What is written for these records, all that is held back included.</summary>
    public static string Text(LogFormat format, LogNames names, params LoopRecord[] records)
    {
        using LogLines lines = new(format, names, new FixedTime(), bytes: 65536);
        foreach (LoopRecord record in records)
        {
            lines.Add(in record);
        }

        while (lines.AddDueEvent(everything: true)) { }

        return Encoding.UTF8.GetString(lines.Text);
    }
}
