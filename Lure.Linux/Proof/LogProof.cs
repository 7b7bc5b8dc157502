using System;
using System.IO;
using Lure.Core.Kernel;
using Lure.Core.Memory;
using Lure.Core.Records;
using Lure.Linux.Configuration;
using Lure.Linux.Kernel;
using Lure.Linux.Logging;
using Lure.Linux.Machine;
using Lure.Sim;
using Microsoft.Win32.SafeHandles;

namespace Lure.Linux.Proof;

/// <summary>That records become lines without an allocation, from a loop's ring to write(2).</summary>
internal static class LogProof
{
    private const int Round = 512;
    private const long Millisecond = 1_000_000;

    /// <param name="form">How lines look: one of the words for <see cref="LogFormat"/>.</param>
    /// <param name="least">Records to write.</param>
    public static Claim Of(string form, int least)
    {
        _ = Words.LogFormat.TryFind(form, out LogFormat format, out _);
        Arena measure = Arena.Measuring;
        _ = new RecordRing(ref measure, Round);
        using NativeMapping memory = NativeMapping.Create(measure.Used, null);
        Arena arena = memory.AsArena();
        RecordRing ring = new(ref arena, Round);
        using SafeFileHandle nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
        using EventFd wake = new();
        LogNames names = new(["front"], ["back"], ["server"]);
        using LogThread log = new(LogTarget.Stdout, format, (int)nowhere.DangerousGetHandle(), [ring], wake, names);
        LoopRecord[] samples = [Session(FakeAddress.IPv4(40_000)), Session(FakeAddress.IPv6(40_000)), Ejection()];

        Action write = () => Write(log, ring, samples, least);
        write();
        long before = log.Records;
        Cost cost = Cost.Of(write);
        long records = log.Records - before;
        return new Claim(
            cost.IsNothing && records >= least && log.Unwritten == 0 && log.Dropped == 0,
            FormattableString.Invariant(
                $"the log as {form}: {records:N0} records, {log.Unwritten + log.Dropped} not written, {cost}"
            )
        );
    }

    private static void Write(LogThread log, RecordRing ring, LoopRecord[] samples, int least)
    {
        for (int done = 0; done < least; done += Round)
        {
            for (int i = 0; i < Round; i++)
            {
                ref LoopRecord record = ref samples[i % samples.Length];
                record.StartedAt += Millisecond;
                record.EndedAt += Millisecond;
                _ = ring.TryPublish(in record);
            }

            while (log.RunOnce(last: true)) { }
        }
    }

    private static LoopRecord Session(in SocketAddress client) =>
        new()
        {
            Kind = RecordKind.SessionEnd,
            Id = 1,
            StartedAt = Millisecond,
            EndedAt = 700 * Millisecond,
            Up = 912_334,
            Down = 48_120_333,
            LostDown = 512,
            Client = ClientAddress.From(client),
            ServerErrno = Errno.ConnectionReset,
            Who = (byte)'S',
            State = (byte)'D',
            ServerEnd = EndKind.Reset,
            ClientOut = EndKind.Reset,
        };

    private static LoopRecord Ejection() =>
        new() { Kind = RecordKind.ServerEjected, ServerErrno = Errno.ConnectionRefused };
}
