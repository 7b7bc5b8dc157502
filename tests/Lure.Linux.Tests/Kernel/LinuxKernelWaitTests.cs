using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using NUnit.Framework;

namespace Lure.Linux.Tests.Kernel;

/// <param name="spin">ns to look before it sleeps: it must not show.</param>
[TestFixture(0)]
[TestFixture(1_000_000)]
internal sealed class LinuxKernelWaitTests(long spin)
{
    private const long Millisecond = 1_000_000;

    private KernelUnderTest _kernel = null!;

    [SetUp]
    public void Make() => _kernel = new KernelUnderTest(new KernelOptions { SpinTime = spin });

    [TearDown]
    public void Close() => _kernel.Dispose();

    [Test]
    public void Deadline_0_only_looks() => Assert.That(_kernel.Calls.Wait(new KernelEvent[4], 0), Is.Zero);

    [Test]
    public void A_wait_never_ends_before_its_deadline([Values(1, 999_999, 1_000_001, 2_500_000)] long patience)
    {
        long deadline = _kernel.Calls.Now() + patience;
        int count = _kernel.Calls.Wait(new KernelEvent[4], deadline);
        long after = _kernel.Calls.Now();

        Assert.That(count, Is.Zero);
        Assert.That(after, Is.GreaterThanOrEqualTo(deadline));
    }

    [Test]
    public void A_deadline_of_the_past_only_looks() =>
        Assert.That(_kernel.Calls.Wait(new KernelEvent[4], _kernel.Calls.Now() - Millisecond), Is.Zero);

    [Test]
    public void The_clock_does_not_go_back()
    {
        long first = _kernel.Calls.Now();
        Assert.That(_kernel.Calls.Now(), Is.GreaterThanOrEqualTo(first));
    }

    [Test]
    public void Readiness_comes_with_its_token_and_once_by_edges()
    {
        (int near, int far) = _kernel.Connect(Addresses.Loopback());
        ulong token = Token.ForSession(5, 9, Side.Server);
        KernelEvent[] events = new KernelEvent[4];
        Assert.That(_kernel.Calls.Watch(far, Interest.Connection, token), Is.Zero);
        int first = _kernel.Calls.Wait(events, 0);
        Readiness atFirst = events[0].Readiness;
        int second = _kernel.Calls.Wait(events, 0);
        _ = _kernel.Send(near, "x");
        int third = _kernel.Calls.Wait(events, long.MaxValue);

        Assert.That((first, second, third), Is.EqualTo((1, 0, 1)));
        Assert.That(atFirst, Is.EqualTo(Readiness.Out));
        Assert.That(events[0].Readiness, Is.EqualTo(Readiness.In | Readiness.Out));
        Assert.That(events[0].Token, Is.EqualTo(token));
    }

    [Test]
    public void Rewatching_reports_again()
    {
        (_, int far) = _kernel.Connect(Addresses.Loopback());
        KernelEvent[] events = new KernelEvent[4];
        _ = _kernel.Calls.Watch(far, Interest.Connection, 1);
        _ = _kernel.Calls.Wait(events, 0);
        Assert.That(_kernel.Calls.Rewatch(far, Interest.Connection, 2), Is.Zero);
        Assert.That(_kernel.Calls.Wait(events, 0), Is.EqualTo(1));
        Assert.That(events[0].Token, Is.EqualTo(2));
    }

    [Test]
    public void Registrations_fail_as_documented()
    {
        int listener = _kernel.Listen(Addresses.Loopback(), out _);
        Assert.That(_kernel.Calls.Unwatch(listener), Is.EqualTo(-Errno.NoEntry));
        Assert.That(_kernel.Calls.Rewatch(listener, Interest.In, 1), Is.EqualTo(-Errno.NoEntry));
        Assert.That(_kernel.Calls.Watch(listener, Interest.SharedListener, 1), Is.Zero);
        Assert.That(_kernel.Calls.Watch(listener, Interest.In, 1), Is.EqualTo(-Errno.Exists));
        Assert.That(_kernel.Calls.Rewatch(listener, Interest.In, 1), Is.EqualTo(-Errno.Invalid), "it is exclusive");
        Assert.That(_kernel.Calls.Unwatch(listener), Is.Zero);
        Assert.That(_kernel.Calls.Watch(-1, Interest.In, 1), Is.EqualTo(-Errno.BadDescriptor));
    }

    [Test]
    public void A_command_wakes_the_wait_and_is_taken_once()
    {
        Command drain = new(CommandKind.Drain, 123);
        Assert.That(_kernel.Mailbox.TryPost(drain), Is.True);
        KernelEvent[] events = new KernelEvent[4];

        int count = _kernel.Calls.Wait(events, long.MaxValue);

        Assert.That(count, Is.EqualTo(1));
        Assert.That(events[0].Token, Is.EqualTo(Token.Wake));
        Assert.That(_kernel.Calls.TakeCommand(out Command taken), Is.True);
        Assert.That(taken, Is.EqualTo(drain));
        Assert.That(_kernel.Calls.TakeCommand(out _), Is.False);
        Assert.That(_kernel.Calls.Wait(events, 0), Is.Zero, "nobody reads the eventfd, and yet it is quiet");
    }

    [Test]
    public void Every_command_is_an_edge_of_its_own()
    {
        KernelEvent[] events = new KernelEvent[4];
        _ = _kernel.Mailbox.TryPost(new Command(CommandKind.Drain, 1));
        _ = _kernel.Calls.Wait(events, long.MaxValue);
        _ = _kernel.Mailbox.TryPost(new Command(CommandKind.Stop, 0));
        Assert.That(_kernel.Calls.Wait(events, long.MaxValue), Is.EqualTo(1));
    }

    [Test]
    public void Notify_wakes_the_reader_of_the_records()
    {
        _kernel.Calls.Notify();
        _kernel.Calls.Notify();
        Assert.That(_kernel.Await(_kernel.Records.Descriptor, Interest.In), Is.EqualTo(Readiness.In));
        _kernel.Records.Await(-1);
        _ = _kernel.Calls.Watch(_kernel.Records.Descriptor, Interest.In, 3);
        Assert.That(_kernel.Calls.Wait(new KernelEvent[1], 0), Is.Zero, "one read takes all of them");
    }
}
