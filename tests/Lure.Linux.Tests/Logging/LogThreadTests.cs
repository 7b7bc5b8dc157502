using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Linux.Configuration;
using Lure.Linux.Kernel;
using Lure.Linux.Logging;
using NUnit.Framework;

namespace Lure.Linux.Tests.Logging;

internal sealed partial class LogThreadTests
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);

    private EventFd _wake = null!;

    [SetUp]
    public void MakeWake() => _wake = new EventFd();

    [TearDown]
    public void CloseWake() => _wake.Dispose();

    [Test]
    public void A_sleeping_log_is_woken_for_every_record()
    {
        using Pipe pipe = new();
        using RingOfRecords ring = new(4);
        using LogThread log = Start(pipe, LogTarget.Stdout, ring);
        for (ulong id = 0; id < 100; id++)
        {
            Publish(ring.Ring, id);
            Assert.That(pipe.ReadLine(), Does.Contain(Id(id)));
        }

        Assert.That(log.Stop(s_bound), Is.True);
        Assert.That((log.Records, log.Dropped, log.Unwritten), Is.EqualTo((100L, 0L, 0L)));
    }

    [Test]
    public async Task Each_worker_keeps_its_order_and_nothing_is_lost_at_the_stop()
    {
        const int Each = 5_000;
        using Pipe pipe = new();
        using RingOfRecords first = new(256);
        using RingOfRecords second = new(256);
        using LogThread log = Start(pipe, LogTarget.Stdout, first, second);
        Task<string> reading = pipe.ReadToEnd();
        for (ulong id = 0; id < Each; id++)
        {
            PublishPatiently(first.Ring, id);
            PublishPatiently(second.Ring, Each + id);
        }

        Assert.That(log.Stop(s_bound), Is.True);
        pipe.CloseWriteEnd();
        int[] ids = [.. Ids(await reading.ConfigureAwait(false))];
        Assert.That(ids.Where(id => id < Each), Is.EqualTo(Enumerable.Range(0, Each)));
        Assert.That(ids.Where(id => id >= Each), Is.EqualTo(Enumerable.Range(Each, Each)));
    }

    [Test]
    public async Task A_reader_that_stands_still_stops_nobody_and_is_told_what_it_missed([Values] bool nonBlocking)
    {
        const int Published = 5_000;
        using Pipe pipe = new(nonBlocking);
        using RingOfRecords ring = new(64);
        using LogThread log = Start(pipe, LogTarget.Stdout, ring);
        for (ulong id = 0; id < Published; id++)
        {
            Publish(ring.Ring, id);
        }

        Assert.That(log.Dropped, Is.GreaterThan(Published / 2), "a producer waited for the log");
        Task<string> reading = pipe.ReadToEnd();
        Assert.That(log.Stop(s_bound), Is.True);
        pipe.CloseWriteEnd();
        string text = await reading.ConfigureAwait(false);
        int told = Dropped().Matches(text).Sum(match => Number(match.Groups[1]));
        int[] ids = [.. Ids(text)];
        Assert.That(ids, Is.Ordered.And.Unique);
        Assert.That(told, Is.EqualTo(log.Dropped));
        Assert.That(ids.Length + told, Is.EqualTo(Published));
    }

    [Test]
    public void A_stop_gives_up_on_a_reader_that_stands_still([Values] bool nonBlocking)
    {
        using Pipe pipe = new(nonBlocking);
        using RingOfRecords ring = new(1024);
        using LogThread log = Start(pipe, LogTarget.Stdout, ring);
        for (ulong id = 0; id < 1024; id++)
        {
            Publish(ring.Ring, id);
        }

        // A blocking write cannot be taken back: then the thread is left to the end of the process.
        Assert.That(log.Stop(TimeSpan.FromMilliseconds(20)), Is.EqualTo(nonBlocking));
        pipe.CloseReadEnd();
        Assert.That(log.Stop(s_bound), Is.True);
        Assert.That(log.Unwritten, Is.Positive);
        Assert.That(log.Records, Is.EqualTo(1024));
    }

    [Test]
    public void A_reader_that_has_gone_ends_the_writing_but_not_the_taking()
    {
        using Pipe pipe = new();
        using RingOfRecords ring = new(128);
        using LogThread log = Start(pipe, LogTarget.Stdout, ring);
        pipe.CloseReadEnd();
        for (ulong id = 0; id < 100; id++)
        {
            Publish(ring.Ring, id);
        }

        Assert.That(() => log.Records, Is.EqualTo(100).After((int)s_bound.TotalMilliseconds, 1));
        for (ulong id = 0; id < 100; id++)
        {
            Publish(ring.Ring, id);
        }

        Assert.That(log.Stop(s_bound), Is.True);
        Assert.That(log.ClosedBy, Is.EqualTo(Errno.BrokenPipe));
        Assert.That((log.Records, log.Unwritten, log.Dropped), Is.EqualTo((200L, 200L, 0L)));
    }

    [Test]
    public void Without_a_target_records_are_taken_and_nothing_is_written()
    {
        using Pipe pipe = new();
        using RingOfRecords ring = new(8);
        using LogThread log = Start(pipe, LogTarget.None, ring);
        for (ulong id = 0; id < 100; id++)
        {
            PublishPatiently(ring.Ring, id);
        }

        Assert.That(log.Stop(s_bound), Is.True);
        Assert.That((log.Records, log.Unwritten), Is.EqualTo((100L, 0L)));
        pipe.CloseWriteEnd();
        Assert.That(() => pipe.ReadToEnd().Result, Is.Empty);
    }

    [Test]
    public void A_log_that_never_started_stops_at_once()
    {
        using RingOfRecords ring = new(1);
        using LogThread log = new(LogTarget.None, LogFormat.HAProxy, fd: -1, [ring.Ring], _wake, SampleRecords.Names);
        Assert.That(log.Stop(s_bound), Is.True);
    }

    private LogThread Start(Pipe pipe, LogTarget target, params RingOfRecords[] rings)
    {
        LogThread log = new(
            target,
            LogFormat.HAProxy,
            pipe.WriteEnd,
            [.. rings.Select(ring => ring.Ring)],
            _wake,
            SampleRecords.Names
        );
        log.Start();
        return log;
    }

    /// <summary>As a loop does it: published or dropped, and the log woken if it sleeps.</summary>
    private bool Publish(RecordRing ring, ulong id)
    {
        LoopRecord record = SampleRecords.Whole();
        record.Id = id;
        bool published = ring.TryPublish(in record);
        if (ring.TakeReaderAsleep())
        {
            _wake.Raise();
        }

        return published;
    }

    /// <summary>Waits for room; a test that cannot lose records must not count refused attempts as lost ones.</summary>
    private void PublishPatiently(RecordRing ring, ulong id)
    {
        SpinWait wait = default;
        while (!Publish(ring, id))
        {
            wait.SpinOnce();
        }
    }

    private static string Id(ulong id) => string.Create(CultureInfo.InvariantCulture, $" id=2-{id:x} ");

    private static int[] Ids(string text) =>
        [.. Session().Matches(text).Select(match => Convert.ToInt32(match.Groups[1].Value, 16))];

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("records_dropped [^ ]+ ([0-9]+) records dropped")]
    private static partial Regex Dropped();

    [GeneratedRegex(" id=2-([0-9a-f]+) ")]
    private static partial Regex Session();
}
