using Lure.Core.Kernel;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>What the code under test must not do, and what a test must not ask for.</summary>
public sealed class RuleTests
{
    [Test]
    public void AClosedDescriptorMustNotBeUsed()
    {
        Rig rig = new();
        (_, int fd) = rig.Pair();
        rig.Kernel.Close(fd);

        Assert.That(
            () => rig.Kernel.Close(fd),
            Throws.TypeOf<SimulationViolationException>().With.Message.EndsWith($"descriptor {fd}#2, which is closed")
        );
        Assert.That(() => rig.Receive(fd), Throws.TypeOf<SimulationViolationException>());
        Assert.That(
            () => rig.Kernel.Shutdown(77),
            Throws.TypeOf<SimulationViolationException>().With.Message.Contains("never open")
        );
    }

    [Test]
    public void NoOperationIsEmpty()
    {
        Rig rig = new();
        (_, int fd) = rig.Pair();
        Assert.That(
            () => rig.Receive(fd, 0),
            Throws
                .TypeOf<SimulationViolationException>()
                .With.Message.Contains("empty vector: its 0 looks like the end")
        );
        Assert.That(() => rig.Send(fd, 0), Throws.TypeOf<SimulationViolationException>());
    }

    [TestCase(OperationKind.Receive)]
    [TestCase(OperationKind.Send)]
    public unsafe void ABatchHasOneOperationOfAKindPerDescriptor(OperationKind kind)
    {
        Rig rig = new();
        (_, int fd) = rig.Pair();
        byte memory = 0;
        Operation one = new()
        {
            Kind = kind,
            Fd = fd,
            Vectors = 1,
            First = new IoVector { Base = &memory, Length = 1 },
        };
        Operation other = one with { Kind = kind == OperationKind.Send ? OperationKind.Receive : OperationKind.Send };

        Assert.That(() => rig.Kernel.Execute([one, other]), Throws.Nothing);
        Assert.That(() => rig.Kernel.Execute([one, one]), Throws.TypeOf<SimulationViolationException>());
    }

    [Test]
    public void TheErrorOfAnAcceptedSocketMustNotBeAskedFor()
    {
        Rig rig = new();
        (_, int fd) = rig.Pair();
        Assert.That(
            () => rig.Kernel.ConnectResult(fd),
            Throws.TypeOf<SimulationViolationException>().With.Message.Contains("which never connected")
        );
    }

    [Test]
    public void ViolationsCanBeCollected()
    {
        Rig rig = new(new WorldOptions { ThrowOnViolation = false });
        Assert.That(rig.Kernel.Close(50), Is.EqualTo(-Errno.BadDescriptor));
        Assert.That(rig.World.Violations, Has.Count.EqualTo(1));
    }

    [Test]
    public void DescriptorsAreTheLowestFreeAndCounted()
    {
        Rig rig = new();
        (_, int first) = rig.Pair();
        (_, int second) = rig.Pair();
        Assert.That((first, second), Is.EqualTo((4, 5)));
        rig.Kernel.Close(first);
        Assert.That(rig.World.Descriptors.OpenCount, Is.EqualTo(2));
        Assert.That(rig.Kernel.Open(Rig.Backend), Is.EqualTo(first));
        Assert.That(rig.World.Descriptors.Opened, Is.EqualTo(4));
    }

    [Test]
    public void DescriptorsAreTold()
    {
        FakeWorld world = new();
        Assert.That(world.Descriptors.ToString(), Is.EqualTo("none"));
        world.OpenListener(FakeAddress.IPv4(1));
        world.OpenListener(FakeAddress.Unix(1));
        Assert.That(world.Descriptors.ToString(), Is.EqualTo("3#1 TcpSocket; 4#2 UnixSocket"));
    }

    [Test]
    public void APipeTakesTwoDescriptorsOrNone()
    {
        Rig rig = new();
        rig.World.Descriptors.Limit = rig.World.Descriptors.LowestFree + 1;
        Assert.That(rig.Kernel.MakePipe(out _, out _), Is.EqualTo(-Errno.TooManyFiles));
        Assert.That(rig.World.Descriptors.OpenCount, Is.EqualTo(1));
        Assert.That(rig.Kernel.Open(Rig.Backend), Is.Positive);
    }

    [Test]
    public void AWaitWithoutEndOrHopeSaysSo()
    {
        Rig rig = new();
        rig.Pair();
        Assert.That(
            () => rig.Kernel.Wait(new KernelEvent[1], long.MaxValue),
            Throws
                .TypeOf<WorldDeadlockException>()
                .With.Message.Contains("open descriptors: 3#1 TcpSocket; 4#2 TcpSocket")
        );
        Rig patient = new(new WorldOptions { IdleWaitReturns = true });
        Assert.That(patient.Kernel.Wait(new KernelEvent[1], long.MaxValue), Is.Zero);
    }

    [Test]
    public void TimeMovesOnlyAsFarAsNeeded()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Interest.In, 1);
        long start = rig.World.Now;
        rig.World.At(start + 70, () => peer.Send([1]));

        Assert.That(rig.Kernel.Wait(new KernelEvent[1], start + 50), Is.Zero);
        Assert.That(rig.Kernel.Now(), Is.EqualTo(start + 50));
        Assert.That(rig.Kernel.Wait(new KernelEvent[1], long.MaxValue), Is.EqualTo(1));
        Assert.That(rig.Kernel.Now(), Is.EqualTo(start + 70));
    }

    [Test]
    public void PeersCanActWhenTheLoopIsIdle()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Interest.In, 1);
        rig.World.WhenIdle = () =>
        {
            peer.Send([1]);
            return true;
        };
        Assert.That(rig.Kernel.Wait(new KernelEvent[1], long.MaxValue), Is.EqualTo(1));
    }

    [Test]
    public void ACommandWakesEachWorkerOnce()
    {
        Rig rig = new();
        FakeKernel other = new(rig.World);
        rig.World.Post(new Command(CommandKind.Drain, 5));
        Assert.That(rig.Wait(), Is.EqualTo($"IN@{Token.Wake}"));
        Assert.That(rig.Wait(), Is.EqualTo("-"));
        Assert.That(rig.Kernel.TakeCommand(out Command command), Is.True);
        Assert.That(command, Is.EqualTo(new Command(CommandKind.Drain, 5)));
        Assert.That(rig.Kernel.TakeCommand(out _), Is.False);
        Assert.That(other.HasEvents, Is.True);
    }
}
