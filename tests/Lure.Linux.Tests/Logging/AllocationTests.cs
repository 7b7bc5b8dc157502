using System;
using System.IO;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Linux.Configuration;
using Lure.Linux.Kernel;
using Lure.Linux.Logging;
using NUnit.Framework;

namespace Lure.Linux.Tests.Logging;

internal sealed class AllocationTests
{
    [Test]
    public void A_hundred_thousand_records_allocate_nothing([Values] LogFormat format)
    {
        const int Round = 1000;
        using FileStream nowhere = new("/dev/null", FileMode.Open, FileAccess.Write);
        using RingOfRecords ring = new(1024);
        using EventFd wake = new();
        using LogThread log = new(
            LogTarget.Stdout,
            format,
            (int)nowhere.SafeFileHandle.DangerousGetHandle(),
            [ring.Ring],
            wake,
            SampleRecords.Names
        );
        _ = Allocated(log, ring.Ring, Round); // the compiler at run time takes 24 bytes when it replaces a loop that runs
        Assert.That(Allocated(log, ring.Ring, Round), Is.Zero);
        Assert.That((log.Records, log.Unwritten), Is.EqualTo((200_000L, 0L)));
    }

    private static long Allocated(LogThread log, RecordRing ring, int round)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int done = 0; done < 100_000; done += round)
        {
            Run(log, ring, round);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Run(LogThread log, RecordRing ring, int count)
    {
        LoopRecord record = SampleOf(count);
        for (int index = 0; index < count; index++)
        {
            record.Kind = index % 50 == 0 ? (RecordKind)(index / 50 % 7) : RecordKind.SessionEnd;
            record.StartedAt += 10_000_000;
            _ = ring.TryPublish(in record);
        }

        while (log.RunOnce(last: true)) { }
    }

    private static LoopRecord SampleOf(int count)
    {
        s_whole.Retries = (byte)(count % 3);
        s_whole.ServerErrno = Errno.ConnectionReset;
        return s_whole;
    }

    private static LoopRecord s_whole = SampleRecords.Cut();
}
