using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>How often a listener is asked, in a storm, in want and while it drains.</summary>
[TestFixture]
internal sealed class AcceptBurstTests
{
    private const int CallsMax = 32;

    private int _accepts;

    /// <summary>1, 2, and of the burst of 4 the last client and the answer that there is no more.</summary>
    [Test]
    public void A_burst_doubles_and_ends_where_the_queue_ends()
    {
        using LoopBench bench = Counted();
        Storm(bench, 4);
        bench.Settle();

        Assert.That((bench.Loop.Sessions, _accepts), Is.EqualTo((4, 5)));
    }

    /// <summary>1 and 2 took them all, without an answer that there is no more.</summary>
    [Test]
    public void A_listener_that_was_quiet_begins_with_one_again()
    {
        using LoopBench bench = Counted();
        Storm(bench, 3);
        bench.Settle();
        Assert.That((bench.Loop.Sessions, _accepts), Is.EqualTo((3, 3)));
        bench.Turn();
        Storm(bench, 4);
        bench.Turn();

        Assert.That(bench.Loop.Sessions, Is.EqualTo(4));
    }

    [Test]
    public void A_listener_that_fails_in_the_middle_of_a_burst_is_not_asked_again()
    {
        using LoopBench bench = Counted();
        bench.World.Faults.Next(SyscallKind.Accept, -Errno.Invalid, skip: 1);
        Storm(bench, 3);
        bench.Settle();

        Assert.That((bench.Loop.Sessions, _accepts), Is.EqualTo((1, 2)));
    }

    [Test]
    public void A_pool_that_is_smaller_than_the_process_is_a_limit_too()
    {
        using LoopBench bench = new(new LoopOptions { Sessions = 2 }, sessionsMax: 64);
        Storm(bench, 3);
        bench.Settle();

        Assert.That(bench.Loop.Sessions, Is.EqualTo(2));
        Assert.That(bench.World.Marked(MarkId.AcceptFull), Is.EqualTo(1));
        Assert.That(bench.Shared.Sessions, Is.EqualTo(2), "nothing is reserved for the one that waits");
    }

    [Test]
    public void A_stop_accepts_nobody_even_who_was_reported_with_it()
    {
        using LoopBench bench = Counted();
        Storm(bench, 1);
        bench.Post(CommandKind.Stop);
        bench.Turn();

        Assert.That((bench.Loop.Counters.Accepted, _accepts), Is.EqualTo((0L, 0)));
        Assert.That(bench.World.Descriptors.IsOpen(bench.ListenFd), Is.False);
    }

    [Test]
    public void A_second_drain_does_not_end_a_pause()
    {
        using LoopBench bench = Counted();
        bench.World.Faults.Next(SyscallKind.Accept, -Errno.TooManyFiles);
        bench.Post(CommandKind.Drain);
        Storm(bench, 1);
        bench.Turn();
        Assert.That((bench.Loop.Counters.AcceptPauses, _accepts), Is.EqualTo((1L, 1)));
        bench.Post(CommandKind.Drain);
        bench.Turn();

        Assert.That(_accepts, Is.EqualTo(1));
        bench.Pass(bench.Options.AcceptPause + LoopBench.Millisecond);
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1), "who is queued is served all the same");
    }

    /// <summary>
    /// Its pause ends between the last of its clients and the answer that there is no more. No event tells of
    /// an empty queue: it has to be asked again without one.
    /// </summary>
    [Test]
    public void A_listener_that_is_watched_again_while_it_drains_is_drained_to_its_end()
    {
        using LoopBench bench = new(new LoopOptions { Sessions = 8, AcceptsPerTurn = 1 });
        bench.World.Faults.Next(SyscallKind.Accept, -Errno.TooManyFiles);
        Storm(bench, 1);
        bench.Turn();
        Assert.That(bench.Loop.Counters.AcceptPauses, Is.EqualTo(1));
        bench.Post(CommandKind.Drain);
        bench.World.Advance(bench.Options.AcceptPause);
        bench.Turn();
        Assert.That((bench.Loop.Sessions, bench.Loop.Listener(0).Watched), Is.EqualTo((1, false)));
        bench.Turn();

        Assert.That(bench.World.Descriptors.IsOpen(bench.ListenFd), Is.False);
    }

    [Test]
    public void A_loop_takes_as_many_listeners_as_it_was_sized_for()
    {
        LoopOptions options = new() { Sessions = 4 };
        using LoopBench bench = new(options with { Listeners = 1 });
        Assert.That(bench.Loop.ListenersUsed, Is.EqualTo(1));
        Assert.That(
            () => new LoopBench(options with { Listeners = 0 }),
            Throws
                .TypeOf<CorruptionException>()
                .With.Message.EqualTo("a loop has no more listeners than it was sized for")
        );
    }

    private static void Storm(LoopBench bench, int clients)
    {
        for (int i = 0; i < clients; i++)
        {
            bench.World.Connect(LoopBench.Front);
        }
    }

    private LoopBench Counted()
    {
        LoopBench bench = new();
        _accepts = 0;
        for (int nth = 1; nth <= CallsMax; nth++)
        {
            bench.World.Faults.Before(SyscallKind.Accept, () => _accepts++, nth);
        }

        return bench;
    }
}
