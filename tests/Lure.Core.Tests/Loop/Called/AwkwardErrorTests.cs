using System.Linq;
using Lure.Core.Kernel;
using Moq;
using NUnit.Framework;
using static Lure.Core.Tests.Loop.Called.CalledLoop;

namespace Lure.Core.Tests.Loop.Called;

/// <summary>The exact calls that an error is followed by, and those that are not made.</summary>
[TestFixture]
internal sealed class AwkwardErrorTests
{
    private static readonly string[] s_connectToNext = ["Open", "Connect 11"];

    private CalledLoop _loop = null!;

    [SetUp]
    public void Make() => _loop = new CalledLoop();

    [TearDown]
    public void Free() => _loop.Dispose();

    [Test]
    public void Out_of_descriptors_the_listener_is_masked_once_and_asked_again_after_the_pause()
    {
        _loop.Answer(calls => calls.Accept(Listener), -Errno.TooManyFiles);

        Assert.That(_loop.Turn((Listener, Readiness.In)), Is.EqualTo(new[] { "Accept 3", "Unwatch 3" }));
        Assert.That(_loop.TurnAfter(99 * LoopBench.Millisecond), Is.Empty);
        Assert.That(_loop.TurnAfter(LoopBench.Millisecond), Is.Empty, "it only wakes");
        Assert.That(_loop.Turn(), Is.EqualTo(new[] { "Watch 3" }));
        Assert.That(_loop.Turn((Listener, Readiness.In)), Is.EqualTo(new[] { "Accept 3", "Unwatch 3" }));
    }

    [Test]
    public void A_client_that_is_gone_before_it_was_accepted_masks_nothing()
    {
        _loop.Answer(calls => calls.Accept(Listener), -Errno.ConnectionAborted, Client, -Errno.Again);

        Assert.That(_loop.Turn((Listener, Readiness.In)), Is.EqualTo(new[] { "Accept 3" }));
        Assert.That(_loop.Turn((Listener, Readiness.In)).Take(2), Is.EqualTo(new[] { "Accept 3", "Accept 3" }));
    }

    [Test]
    public void A_listener_that_listens_no_more_is_closed_once()
    {
        _loop.Answer(calls => calls.Accept(Listener), -Errno.Invalid);

        Assert.That(_loop.Turn((Listener, Readiness.In)), Is.EqualTo(new[] { "Accept 3", "Unwatch 3", "Close 3" }));
        Assert.That(_loop.Turn((Listener, All)), Is.Empty);
    }

    /// <summary>connect(2) that was interrupted goes on by itself; a second one would say EALREADY.</summary>
    [TestCase(Errno.InProgress)]
    [TestCase(Errno.Interrupted)]
    public void A_connect_that_is_under_way_is_waited_for_and_asked_once(int errno)
    {
        _loop.Answer(calls => calls.Connect(Server), -errno);
        _loop.Answer(calls => calls.Accept(Listener), Client, -Errno.Again);

        string[] first = ["Accept 3", "Open", "Connect 10"];
        Assert.That(_loop.Turn((Listener, Readiness.In)), Is.EqualTo(first));
        Assert.That(_loop.Turn(), Is.EqualTo(new[] { "Watch 4", "Watch 10" }));
        Assert.That(_loop.Turn(), Is.Empty);
        Assert.That(_loop.Turn((Server, Readiness.HangUp)), Is.EqualTo(new[] { "ConnectResult 10" }));
        Assert.That(_loop.Turn((Server, Readiness.Out)), Is.Empty, "room alone is the verdict");
        Assert.That(_loop.Turn((Server, Readiness.Out)), Is.Empty);
    }

    [Test]
    public void A_server_that_refuses_at_once_is_closed_unwatched_and_the_next_one_is_tried()
    {
        _loop.Answer(calls => calls.Connect(Server), -Errno.ConnectionRefused);
        _loop.Answer(calls => calls.Accept(Listener), Client, -Errno.Again);

        string[] first = ["Accept 3", "Open", "Connect 10", "Close 10"];
        Assert.That(_loop.Turn((Listener, Readiness.In)), Is.EqualTo(first));
        Assert.That(_loop.Turn(), Is.EqualTo(s_connectToNext.Prepend("Watch 4")));
        Assert.That(_loop.Turn(), Is.EqualTo(new[] { "Watch 11" }));
    }

    /// <summary>Closing a descriptor takes it out of epoll: DEL would be a call for nothing.</summary>
    [Test]
    public void A_server_that_refuses_later_is_closed_without_being_unwatched()
    {
        _loop.Answer(calls => calls.ConnectResult(Server), -Errno.ConnectionRefused);
        _loop.Connect();

        Assert.That(_loop.Turn((Server, All)), Is.EqualTo(new[] { "ConnectResult 10", "Close 10" }));
        Assert.That(_loop.Turn(), Is.EqualTo(s_connectToNext));
    }

    /// <summary>It may have accepted since, and must not take a plain close for a whole stream.</summary>
    [Test]
    public void A_server_that_did_not_answer_in_time_is_reset()
    {
        _loop.Connect();

        string[] cleared = ["SetOption 10 ResetOnClose", "Close 10"];
        Assert.That(_loop.TurnAfter(5 * LoopBench.Second), Is.EqualTo(cleared));
        Assert.That(_loop.Turn(), Is.EqualTo(s_connectToNext));
    }

    [Test]
    public void Without_a_socket_for_the_server_the_client_is_reset_and_never_watched()
    {
        _loop.Answer(calls => calls.Open(), -Errno.TooManyFiles);
        _loop.Answer(calls => calls.Accept(Listener), Client, -Errno.Again);

        string[] first = ["Accept 3", "Open", "Unacknowledged 4", "SetOption 4 ResetOnClose", "Close 4"];
        Assert.That(_loop.Turn((Listener, Readiness.In)), Is.EqualTo(first));
        Assert.That(_loop.Turn(), Is.Empty);
        Assert.That(_loop.TheEnd(), Is.EqualTo("RC"));
    }

    [TestCase(Client)]
    [TestCase(Server)]
    public void A_registration_that_is_refused_ends_the_session_and_closes_each_side_once(int refused)
    {
        _loop.Answer(calls => calls.Watch(refused), -Errno.NoSpace);
        _loop.Answer(calls => calls.Accept(Listener), Client, -Errno.Again);
        _loop.Turn((Listener, Readiness.In));

        string[] closes = ["SetOption 4 ResetOnClose", "Close 4", "SetOption 10 ResetOnClose", "Close 10"];
        string[] lost = ["Unacknowledged 10", "Unacknowledged 4"];
        Assert.That(_loop.Turn(), Is.EqualTo(new[] { "Watch 4", "Watch 10" }.Concat(lost).Concat(closes)));
        Assert.That(_loop.Turn(), Is.Empty);
        Assert.That(_loop.TheEnd(), Is.EqualTo("RC"));
    }

    [Test]
    public void A_wait_that_was_interrupted_is_followed_by_no_call()
    {
        _loop.Establish();
        _loop.Answer(calls => calls.Wait(), -Errno.Interrupted, 0);

        Assert.That(_loop.Turn((Client, Readiness.In)), Is.Empty);
        Assert.That(_loop.Turn(), Is.EqualTo(new[] { "Receive 4" }));
    }

    [Test]
    public void A_read_that_was_interrupted_is_made_again_in_the_next_turn_without_a_report()
    {
        _loop.Establish();
        _loop.Answer(calls => calls.Receive(Client), -Errno.Interrupted, -Errno.Again);

        Assert.That(_loop.Turn((Client, Readiness.In)), Is.EqualTo(new[] { "Receive 4" }));
        Assert.That(_loop.Turn(), Is.EqualTo(new[] { "Receive 4" }));
        Assert.That(_loop.Turn(), Is.Empty);
    }

    [Test]
    public void A_write_that_was_interrupted_is_made_again_in_the_next_turn_without_a_report()
    {
        _loop.Establish();
        _loop.Answer(calls => calls.Receive(Client), 5, -Errno.Again);
        _loop.Answer(calls => calls.Send(Server, 5), -Errno.Interrupted, 5);

        Assert.That(_loop.Turn((Client, Readiness.In)), Is.EqualTo(new[] { "Receive 4", "Send 10 5" }));
        Assert.That(_loop.Turn(), Is.EqualTo(new[] { "Send 10 5" }));
        Assert.That(_loop.Turn(), Is.Empty);
    }

    [Test]
    public void A_write_that_finds_no_room_waits_for_an_edge_and_changes_no_registration()
    {
        _loop.Establish();
        _loop.Answer(calls => calls.Receive(Client), 5, -Errno.Again);
        _loop.Answer(calls => calls.Send(Server, 5), -Errno.Again, 5);

        Assert.That(_loop.Turn((Client, Readiness.In)), Is.EqualTo(new[] { "Receive 4", "Send 10 5" }));
        Assert.That(_loop.Turn((Client, Readiness.In)), Is.Empty, "what is read now could not be kept for long");
        Assert.That(_loop.Turn((Server, Readiness.Out)).Last(), Is.EqualTo("Send 10 5"));
    }

    [Test]
    public void A_reset_is_not_asked_for_and_goes_to_the_other_side_alone()
    {
        _loop.Establish();
        _loop.Answer(calls => calls.Receive(Client), -Errno.ConnectionReset, 0);

        string[] closes = ["Close 4", "SetOption 10 ResetOnClose", "Close 10"];
        string[] made = _loop.Turn((Client, All));
        Assert.That(
            made.Where(call => !call.StartsWith("Unacknowledged", System.StringComparison.Ordinal)).Skip(1),
            Is.EqualTo(closes)
        );
        Assert.That(
            made,
            Has.None.StartsWith("ConnectResult").And.None.StartsWith("Shutdown").And.None.StartsWith("Unwatch")
        );
        Assert.That(_loop.TheEnd(), Is.EqualTo("CD"));
    }

    [Test]
    public void A_fin_that_is_refused_is_not_sent_again_and_what_the_dead_side_left_is_read()
    {
        _loop.Establish();
        _loop.Answer(calls => calls.Shutdown(Server), -Errno.NotConnected);
        _loop.Answer(calls => calls.Receive(Client), 0);
        _loop.Answer(calls => calls.Receive(Server), 0);

        string[] first = _loop.Turn((Client, Readiness.In | Readiness.ReadHangUp));
        string[] second = _loop.Turn();
        Assert.That(first.Take(2), Is.EqualTo(new[] { "Receive 4", "Shutdown 10" }));
        Assert.That(second[0], Is.EqualTo("Receive 10"));
        Assert.That(first.Concat(second).Count(call => call == "Shutdown 10"), Is.EqualTo(1));
        Assert.That(second.TakeLast(3), Is.EqualTo(new[] { "SetOption 4 ResetOnClose", "Close 4", "Close 10" }));
    }

    [Test]
    public void What_is_not_acknowledged_is_asked_for_at_growing_distances_until_it_is()
    {
        _loop.Establish();
        _loop.Answer(calls => calls.Receive(Client), -Errno.ConnectionReset, 0);
        _loop.Answer(calls => calls.Unacknowledged(Server), 5);

        string[] asked = ["Unacknowledged 10"];
        Assert.That(_loop.Turn((Client, All)), Is.EqualTo(asked.Prepend("Receive 4")));
        foreach (int milliseconds in (int[])[1, 4, 16, 40, 100])
        {
            Assert.That(_loop.TurnAfter((milliseconds - 1) * LoopBench.Millisecond), Is.Empty);
            Assert.That(_loop.TurnAfter(LoopBench.Millisecond), Is.EqualTo(asked));
        }

        _loop.Answer(calls => calls.Unacknowledged(Server), 0);
        string[] last = _loop.TurnAfter(100 * LoopBench.Millisecond);
        Assert.That(last.TakeLast(3), Is.EqualTo(new[] { "Close 4", "SetOption 10 ResetOnClose", "Close 10" }));
    }

    /// <summary>close(2): the descriptor is gone whatever the answer is, and its number may be somebody else's already.</summary>
    [TestCase(Errno.InputOutput)]
    [TestCase(Errno.Interrupted)]
    public void A_close_that_fails_is_not_repeated(int errno)
    {
        _loop.Establish();
        _loop.Answer(calls => calls.Close(It.IsAny<int>()), -errno);
        _loop.Answer(calls => calls.Receive(It.IsAny<int>()), 0);

        string[] made = [.. _loop.Turn((Client, All), (Server, All)), .. _loop.Turn(), .. _loop.Turn()];
        Assert.That(
            made.Where(call => call.StartsWith("Close", System.StringComparison.Ordinal)),
            Is.EqualTo(new[] { "Close 4", "Close 10" })
        );
    }
}
