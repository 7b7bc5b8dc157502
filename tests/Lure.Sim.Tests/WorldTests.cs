using System;
using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>The world itself: time, what is scheduled, addresses, the descriptors as they are told, what it refuses.</summary>
public sealed class WorldTests
{
    [Test]
    public void WhatIsDueAtOneTimeHappensInTheOrderOfItsScheduling()
    {
        FakeWorld world = new();
        List<int> done = [];
        for (int i = 0; i < 5; i++)
        {
            int number = i;
            world.At(world.Now + 10, () => done.Add(number));
        }

        world.Advance(9);
        Assert.That(done, Is.Empty);
        world.Advance(1);
        Assert.That(done, Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
    }

    [Test]
    public void WhatIsDueNowHappensInAWaitThatMayNotWait()
    {
        Rig rig = new();
        bool isDone = false;
        rig.World.At(rig.World.Now, () => isDone = true);
        rig.Wait();
        Assert.That(isDone, Is.True);
    }

    [Test]
    public void WhatIsScheduledForThePastHappensNext()
    {
        FakeWorld world = new(new WorldOptions { StartTime = 100 });
        long seen = -1;
        world.At(50, () => seen = world.Now);
        world.Advance(0);
        Assert.That(seen, Is.EqualTo(100));
    }

    [Test]
    public void WhatWasScheduledBeforeAResetDoesNotHappen()
    {
        FakeWorld world = new();
        world.At(world.Now + 10, () => Assert.Fail("it was of the world before"));
        world.Reset(new WorldOptions());
        world.Advance(20);
    }

    [TestCase(0, false, "127.0.0.1")]
    [TestCase(7, true, "::1")]
    public void AddressesHaveTheFormOfTheKernels(int port, bool isIPv6, string expected)
    {
        SocketAddress address = isIPv6 ? FakeAddress.IPv6(port) : FakeAddress.IPv4(port);
        System.Net.SocketAddress form = new(
            isIPv6 ? System.Net.Sockets.AddressFamily.InterNetworkV6 : System.Net.Sockets.AddressFamily.InterNetwork,
            address.Length
        );
        address.Bytes.CopyTo(form.Buffer.Span);
        System.Net.IPEndPoint read = (System.Net.IPEndPoint)
            new System.Net.IPEndPoint(isIPv6 ? System.Net.IPAddress.IPv6Any : System.Net.IPAddress.Any, 0).Create(form);
        Assert.That((read.Address.ToString(), read.Port), Is.EqualTo((expected, port)));
    }

    [Test]
    public void OpenDescriptorsAreToldWithTheirBirth()
    {
        FakeWorld world = new();
        FakeKernel kernel = new(world);
        Assert.That(world.Descriptors.ToString(), Is.EqualTo("none"));
        int first = kernel.Open(Rig.Backend);
        int second = kernel.Open(Rig.Backend);
        kernel.Close(first);
        Assert.That(world.Descriptors.ToString(), Is.EqualTo($"{second}#2 TcpSocket"));

        int last = second;
        while (last < 63)
        {
            last = kernel.Open(Rig.Backend);
        }

        Assert.That(world.Descriptors.ToString(), Does.EndWith($"; 63#{last - 1} TcpSocket"));
    }

    [Test]
    public void WhatMakesNoSenseIsRefused()
    {
        Rig rig = new();
        (_, int fd) = rig.Pair();
        Assert.That(() => rig.World.Advance(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => rig.World.At(1, null!), Throws.TypeOf<ArgumentNullException>());
        Assert.That(() => rig.World.FailSocket(fd, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new FakeSocketApi(null!), Throws.TypeOf<ArgumentNullException>());
        Assert.That(() => new FakeKernel(null!), Throws.TypeOf<ArgumentNullException>());
        Assert.That(() => FakeAddress.IPv4(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => FakeAddress.IPv4(65536), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => rig.World.FailSocket(77, 1),
            Throws.ArgumentException.With.Message.StartsWith("descriptor 77 is no open socket")
        );
        int unix = rig.World.OpenListener(FakeAddress.Unix(1));
        Assert.That(
            () => rig.World.FailSocket(unix, 1),
            Throws.ArgumentException.With.Message.StartsWith("a unix socket dies only with its peer")
        );
        rig.World.Descriptors.Exhaust();
        Assert.That(
            () => rig.World.OpenListener(FakeAddress.IPv4(1)),
            Throws.InvalidOperationException.With.Message.StartsWith(
                "no descriptor is free for a listener; the limit is 6"
            )
        );
    }

    [TestCase("nothing")]
    [TestCase(nameof(WorldOptions.SendBuffer))]
    [TestCase(nameof(WorldOptions.ReceiveBuffer))]
    [TestCase(nameof(WorldOptions.PipeSlots))]
    [TestCase(nameof(WorldOptions.StartTime))]
    public void AWorldThatMakesNoSenseIsNotMade(string wrong)
    {
        WorldOptions? options = wrong switch
        {
            nameof(WorldOptions.SendBuffer) => new() { SendBuffer = 0 },
            nameof(WorldOptions.ReceiveBuffer) => new() { ReceiveBuffer = -1 },
            nameof(WorldOptions.PipeSlots) => new() { PipeSlots = 0 },
            nameof(WorldOptions.StartTime) => new() { StartTime = -1 },
            _ => null,
        };
        Assert.That(() => new FakeWorld(options!), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => new FakeWorld().Reset(options!), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void ANameOfAUnixSocketIsTakenOnce()
    {
        FakeWorld world = new();
        world.OpenListener(FakeAddress.Unix(1));
        Assert.That(
            () => world.OpenListener(FakeAddress.Unix(1)),
            Throws.InvalidOperationException.With.Message.EqualTo("-EADDRINUSE: somebody has that name already")
        );
        Assert.That(() => world.OpenListener(FakeAddress.Unix(2)), Throws.Nothing);
    }

    [Test]
    public void AWorkerOfAResetWorldWatchesNothingAndHasNoCommand()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Level, 5);
        peer.Send(new byte[3]);
        rig.World.Post(new Command(CommandKind.Stop, 0));

        rig.World.Reset(new WorldOptions());
        FakeKernel kernel = new(rig.World);
        KernelEvent[] events = new KernelEvent[4];
        Assert.That(
            (kernel.HasEvents, kernel.Wait(events, 0), kernel.TakeCommand(out _)),
            Is.EqualTo((false, 0, false))
        );
        rig.World.Post(new Command(CommandKind.Stop, 7));
        Assert.That((kernel.HasEvents, kernel.Wait(events, 0)), Is.EqualTo((true, 1)));
        Assert.That(events[0].Token, Is.EqualTo(Token.Wake));
        Assert.That(kernel.TakeCommand(out Command command), Is.True);
        Assert.That(command.Deadline, Is.EqualTo(7));
    }

    [Test]
    public void WhetherAWorkerHasEventsIsAskedOfThePresent()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Interest.In, 5);
        Assert.That(rig.Kernel.HasEvents, Is.False);
        rig.World.At(rig.World.Now, () => peer.Send(new byte[3]));
        Assert.That(rig.Kernel.HasEvents, Is.True);
    }

    [Test]
    public void AResetWorldGivesEveryNumberAnew()
    {
        FakeWorld world = new();
        for (int round = 0; round < 2; round++)
        {
            FakeKernel kernel = new(world);
            for (int i = 0; i < 125; i++)
            {
                Assert.That(kernel.Open(Rig.Backend), Is.EqualTo(3 + i));
            }

            Assert.That(world.Descriptors.IsOpen(127), Is.True);
            Assert.That(world.Descriptors.IsOpen(128), Is.False, "the table ends here");
            Assert.That(world.Descriptors.BirthOf(128), Is.Zero);
            world.Reset(new WorldOptions());
            Assert.That((world.Descriptors.IsOpen(127), world.Descriptors.BirthOf(127)), Is.EqualTo((false, 0L)));
        }
    }
}
