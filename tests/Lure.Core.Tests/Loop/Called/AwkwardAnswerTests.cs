using Lure.Core.Kernel;
using Moq;
using NUnit.Framework;
using static Lure.Core.Tests.Loop.Called.CalledLoop;

namespace Lure.Core.Tests.Loop.Called;

/// <summary>Answers that are no errors and seldom given: descriptor 0, nothing written, two things in one turn.</summary>
[TestFixture]
internal sealed class AwkwardAnswerTests
{
    private CalledLoop _loop = null!;

    [SetUp]
    public void Make() => _loop = new CalledLoop();

    [TearDown]
    public void Free() => _loop.Dispose();

    /// <summary>A process that closed its standard input is given 0 by accept(2) and socket(2).</summary>
    [Test]
    public void Zero_is_a_descriptor_like_any_other([Values] bool ofClient)
    {
        (int client, int server) = ofClient ? (0, Server) : (Client, 0);
        _loop.Answer(calls => calls.Accept(Listener), client, -Errno.Again);
        _loop.Answer(calls => calls.Open(), server);

        string[] first = ["Accept 3", "Open", $"Connect {server}"];
        Assert.That(_loop.Turn((Listener, Readiness.In)), Is.EqualTo(first));
        Assert.That(_loop.Turn(), Is.EqualTo(new[] { $"Watch {client}", $"Watch {server}" }));
    }

    [Test]
    public void A_write_that_is_answered_by_nothing_ends_the_loop()
    {
        _loop.Establish();
        _loop.Answer(calls => calls.Receive(Client), 5, -Errno.Again);
        _loop.Answer(calls => calls.Send(Server, 5), 0);

        Assert.That(
            () => _loop.Turn((Client, Readiness.In)),
            Throws
                .TypeOf<CorruptionException>()
                .With.Message.EqualTo("a write of something is never answered by nothing")
        );
    }

    /// <summary>epoll_wait(2) fails otherwise only for a descriptor or memory that is none.</summary>
    [Test]
    public void A_wait_that_fails_by_more_than_a_signal_ends_the_loop()
    {
        _loop.Answer(calls => calls.Wait(), -Errno.BadDescriptor);
        Assert.That(
            () => _loop.Turn(),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("waiting fails only by interruption")
        );
    }

    [Test]
    public void A_token_one_beyond_those_that_were_used_ends_the_loop()
    {
        _loop.Establish();
        Assert.That(
            () => _loop.TurnWith(Token.ForSession(_loop.Sessions, 0, Side.Client)),
            Throws.TypeOf<CorruptionException>()
        );
    }

    /// <summary>The timer of the first attempt comes due before the second has begun.</summary>
    [Test]
    public void A_timer_of_an_attempt_that_is_over_does_not_fail_the_next()
    {
        _loop.Answer(calls => calls.ConnectResult(Server), -Errno.ConnectionRefused);
        _loop.Connect();
        Assert.That(_loop.Turn((Server, All)), Is.EqualTo(new[] { "ConnectResult 10", "Close 10" }));

        Assert.That(_loop.TurnAfter(5 * LoopBench.Second), Is.EqualTo(new[] { "Open", "Connect 11" }));
    }

    [Test]
    public void A_server_whose_kernel_gave_up_is_told_from_one_that_refused()
    {
        _loop.Answer(calls => calls.ConnectResult(It.IsAny<int>()), -Errno.TimedOut);
        _loop.Connect();
        _loop.Turn((Server, All));
        _loop.Turn();
        _loop.Turn();
        _loop.Turn((NextServer, All));
        _loop.Turn();

        Assert.That(_loop.TheEnd(), Is.EqualTo("sC"));
    }

    /// <summary>Its slot is free: a timer would come due for whoever is given it next.</summary>
    [Test]
    public void A_session_that_ends_in_the_turn_in_which_it_was_connected_leaves_no_timer()
    {
        _loop.Answer(calls => calls.Receive(Client), -Errno.ConnectionReset, 0);
        _loop.Connect();
        _loop.Turn((Server, Readiness.Out), (Client, All));

        Assert.That(_loop.TheEnd(), Is.EqualTo("CD"));
        Assert.That((_loop.Sessions, _loop.TimersArmed), Is.EqualTo((0, 0)));
    }

    /// <summary>
    /// Half a block waits, and its writes are interrupted again and again; each read that brings a byte is
    /// charged a sixteenth of a block. In the end the budget and not the room is what limits a read.
    /// </summary>
    [Test]
    public void A_read_around_what_waits_asks_for_no_more_than_its_turn_may_move()
    {
        const int Block = 16_384;
        using CalledLoop loop = new(options => options with { BlockBytes = Block, BytesPerTurn = Block });
        loop.Establish();
        loop.Answer(calls => calls.Receive(Client), 8_000, -Errno.Again);
        loop.Answer(calls => calls.Send(Server, It.IsAny<int>()), 7_900, -Errno.Again);
        loop.Turn((Client, Readiness.In));
        loop.Answer(calls => calls.Receive(Client), 1, -Errno.Again);
        loop.Answer(calls => calls.Send(Server, It.IsAny<int>()), -Errno.Interrupted);
        // Urgent: a short read is not taken for the last one.
        loop.Turn((Server, Readiness.Out), (Client, Readiness.In | Readiness.Urgent));

        Assert.That(loop.Asked, Is.EqualTo(Block - (Block / 16)));
    }
}
