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
        Run(log, ring.Ring, Round);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int done = 0; done < 100_000; done += Round)
        {
            Run(log, ring.Ring, Round);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That((log.Records, log.Unwritten), Is.EqualTo((101_000L, 0L)));
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
