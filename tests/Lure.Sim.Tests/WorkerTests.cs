using System;
using System.Linq;
using Lure.Core.Kernel;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>What a worker's calls answer to what makes no sense, and that the trace holds all that a call did.</summary>
public sealed unsafe class WorkerTests
{
    private const int Never = 77;

    private static Rig Lenient() => new(new WorldOptions { ThrowOnViolation = false });

    [Test]
    public void ADescriptorThatIsNotOpenIsBad()
    {
        Rig rig = Lenient();
        FakeKernel kernel = rig.Kernel;
        (FakePeer _, int fd) = rig.Pair();
        (string Call, int Answer)[] answers =
        [
            ("watch", kernel.Watch(Never, Interest.In, 1)),
            ("rewatch", kernel.Rewatch(Never, Interest.In, 1)),
            ("unwatch", kernel.Unwatch(Never)),
            ("accept", kernel.Accept(Never, out _)),
            ("result", kernel.ConnectResult(Never)),
            ("option", kernel.SetOption(Never, SocketOption.NoDelay, 1)),
            ("connect", kernel.Connect(Never, Rig.Backend)),
            ("unacknowledged", kernel.Unacknowledged(Never)),
            ("shutdown", kernel.Shutdown(Never)),
            ("close", kernel.Close(Never)),
            ("receive", rig.Receive(Never)),
            ("send", rig.Send(Never, 1)),
            ("splice from", rig.Splice(Never, fd, 1)),
            ("splice to", rig.Splice(fd, Never, 1)),
        ];
        Assert.That(answers.Where(answer => answer.Answer != -Errno.BadDescriptor), Is.Empty);
        Assert.That(rig.World.Violations, Has.Count.EqualTo(answers.Length));
        Assert.That(rig.World.Violations, Is.All.Contain("descriptor 77, which was never open"));
    }

    [Test]
    public void APipeIsNoSocket()
    {
        Rig rig = Lenient();
        FakeKernel kernel = rig.Kernel;
        kernel.MakePipe(out int readEnd, out int writeEnd);
        int[] answers =
        [
            kernel.Accept(readEnd, out _),
            kernel.ConnectResult(readEnd),
            kernel.SetOption(readEnd, SocketOption.NoDelay, 1),
            kernel.Connect(readEnd, Rig.Backend),
            kernel.Unacknowledged(readEnd),
            kernel.Shutdown(readEnd),
            rig.Receive(readEnd),
            rig.Send(writeEnd, 1),
        ];
        Assert.That(answers, Is.All.EqualTo(-Errno.NotSocket));
        Assert.That(rig.World.Violations, Is.Empty, "the descriptor is open");
    }

    [Test]
    public void SpliceIsBetweenASocketAndAPipeInTheRightDirection()
    {
        Rig rig = Lenient();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.MakePipe(out int readEnd, out int writeEnd);
        peer.Send(new byte[5]);
        Assert.That(rig.Splice(fd, fd, 1), Is.EqualTo(-Errno.Invalid));
        Assert.That(rig.Splice(readEnd, writeEnd, 1), Is.EqualTo(-Errno.Invalid));
        Assert.That(rig.Splice(fd, readEnd, 1), Is.EqualTo(-Errno.Invalid));
        Assert.That(rig.Splice(writeEnd, fd, 1), Is.EqualTo(-Errno.Invalid));
        Assert.That(rig.World.Violations, Is.Empty);

        Assert.That(rig.Splice(fd, writeEnd, 3), Is.EqualTo(3), "no more than asked for");
        Assert.That(rig.Splice(readEnd, fd, 2), Is.EqualTo(2));
        Assert.That(peer.Read(), Has.Length.EqualTo(2));
        rig.Splice(fd, writeEnd, 0);
        Assert.That(rig.World.Violations, Has.One.Contain("Splice of nothing"));

        rig.Kernel.Close(readEnd);
        Assert.That(rig.Splice(fd, writeEnd, 1), Is.EqualTo(-Errno.BrokenPipe));
    }

    [TestCase(false, "two receives")]
    [TestCase(true, "two sends")]
    public void ABatchSplicesFromAndToADescriptorOnce(bool isToSocket, string rule)
    {
        Rig rig = Lenient();
        (FakePeer peer, int fd) = rig.Pair();
        peer.Send(new byte[5]);
        rig.Kernel.MakePipe(out int readEnd, out int writeEnd);
        Operation one = new()
        {
            Kind = OperationKind.Splice,
            Fd = isToSocket ? readEnd : fd,
            Target = isToSocket ? fd : writeEnd,
            Vectors = 1,
            First = new IoVector { Length = 1 },
        };
        rig.Kernel.Execute([one, one]);
        Assert.That(rig.World.Violations, Has.One.Contain(rule));
    }

    [TestCase(0, 1, 1, "0 vectors")]
    [TestCase(3, 1, 1, "3 vectors")]
    [TestCase(1, 0, 1, "empty vector")]
    [TestCase(2, 1, 0, "empty vector")]
    [TestCase(1, 1, 0, null)]
    [TestCase(2, 1, 1, null)]
    public void AnOperationHasOneVectorOrTwoAndNoneIsEmpty(int vectors, int first, int second, string? rule)
    {
        Rig rig = Lenient();
        (FakePeer _, int fd) = rig.Pair();
        byte* memory = stackalloc byte[2];
        foreach (OperationKind kind in new[] { OperationKind.Send, OperationKind.Receive })
        {
            Operation operation = new()
            {
                Kind = kind,
                Fd = fd,
                Vectors = vectors,
                First = new IoVector { Base = memory, Length = (nuint)first },
                Second = new IoVector { Base = memory, Length = (nuint)second },
            };
            rig.Kernel.Execute(new Span<Operation>(ref operation));
        }

        Assert.That(rig.World.Violations, Has.Exactly(rule is null ? 0 : 2).Contain(rule ?? ""));
    }

    [Test]
    public void AnUnknownOperationIsRefused()
    {
        Rig rig = Lenient();
        Operation operation = new() { Kind = (OperationKind)9, Fd = rig.Listener };
        rig.Kernel.Execute(new Span<Operation>(ref operation));
        Assert.That(operation.Result, Is.EqualTo(-Errno.Invalid));
        Assert.That(rig.World.Violations, Has.One.Contain("unknown kind 9"));
    }

    [Test]
    public void WithoutDescriptorsNothingIsOpened()
    {
        Rig rig = new();
        rig.World.Descriptors.Exhaust();
        Assert.That(rig.Kernel.Open(Rig.Backend), Is.EqualTo(-Errno.TooManyFiles));
        Assert.That(rig.Kernel.MakePipe(out _, out _), Is.EqualTo(-Errno.TooManyFiles));
        rig.World.Descriptors.Limit++;
        Assert.That(rig.Kernel.MakePipe(out int readEnd, out int writeEnd), Is.EqualTo(-Errno.TooManyFiles));
        Assert.That((readEnd, writeEnd, rig.World.Descriptors.OpenCount), Is.EqualTo((-1, -1, 1)));
        rig.World.Descriptors.Limit++;
        Assert.That(rig.Kernel.MakePipe(out readEnd, out writeEnd), Is.Zero);
        Assert.That((readEnd, writeEnd), Is.EqualTo((rig.Listener + 1, rig.Listener + 2)));
    }

    [Test]
    public void AFamilyThatIsNotThereIsRefused()
    {
        SocketAddress other = SocketAddress.From([9, 0, 0, 0]);
        Assert.That(new Rig().Kernel.Open(other), Is.EqualTo(-Errno.AddressFamilyNotSupported));
    }

    [Test]
    public void OnlyTheListenerAccepts()
    {
        Rig rig = new();
        (FakePeer _, int fd) = rig.Pair();
        Assert.That(rig.Kernel.Accept(fd, out _), Is.EqualTo(-Errno.Invalid));
        Assert.That(rig.Kernel.Accept(rig.Listener, out _), Is.EqualTo(-Errno.Again));
    }

    [TestCase(SocketOption.NoDelay, true)]
    [TestCase(SocketOption.KeepAlive, false)]
    [TestCase(SocketOption.ResetOnClose, false)]
    public void AUnixSocketHasNoOptionOfTcp(SocketOption option, bool isOfTcp)
    {
        Rig rig = new();
        int unix = rig.Kernel.Open(FakeAddress.Unix(1));
        int tcp = rig.Kernel.Open(Rig.Backend);
        Assert.That(rig.Kernel.SetOption(unix, option, 1), Is.EqualTo(isOfTcp ? -Errno.NotSupported : 0));
        Assert.That(rig.World.OptionOf(unix, option), Is.EqualTo(isOfTcp ? (int?)null : 1));
        Assert.That(rig.Kernel.SetOption(tcp, option, 1), Is.Zero);
    }

    [Test]
    public void AResetOnCloseStaysWhateverIsSetBehindIt()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.SetOption(fd, SocketOption.ResetOnClose, 1);
        rig.Kernel.SetOption(fd, SocketOption.NoDelay, 1);
        rig.Kernel.SetOption(fd, SocketOption.ResetOnClose, 1);
        rig.Kernel.Close(fd);
        Assert.That(peer.SawEnd, Is.EqualTo(PeerEnd.Reset));
    }

    [Test]
    public void ASignalEndsTheCallAndNotTheConnecting()
    {
        Rig rig = new();
        rig.World.Listen(Rig.Backend);
        int fd = rig.Kernel.Open(Rig.Backend);
        rig.World.Faults.Next(SyscallKind.Connect, -Errno.Interrupted);
        Assert.That(rig.Kernel.Connect(fd, Rig.Backend), Is.EqualTo(-Errno.Interrupted));
        Assert.That(rig.Poll(fd), Is.EqualTo("OUT"));
        Assert.That(rig.Kernel.ConnectResult(fd), Is.Zero);
    }

    [Test]
    public void WhatAUnixSocketHasSentHasArrived()
    {
        Rig rig = new();
        SocketAddress name = FakeAddress.Unix(5);
        rig.World.OpenListener(name);
        int unix = rig.Kernel.Open(name);
        rig.Kernel.Connect(unix, name);
        Assert.That(rig.Send(unix, 10), Is.EqualTo(10));
        Assert.That(rig.Kernel.Unacknowledged(unix), Is.Zero);

        (FakePeer peer, int tcp) = rig.Pair();
        peer.Window = 4;
        rig.Send(tcp, 10);
        Assert.That(rig.Kernel.Unacknowledged(tcp), Is.EqualTo(6));
    }

    [Test]
    public void AWaitHasRoomForAnEvent() => Assert.That(new Rig().Kernel.Wait([], 0), Is.EqualTo(-Errno.Invalid));

    [TestCase(OperationKind.Send)]
    [TestCase(OperationKind.Receive)]
    public void TheTraceHoldsEveryByteOfBothVectors(OperationKind kind)
    {
        ulong plain = Hash(kind, -1);
        Assert.That(Enumerable.Range(0, 6).Select(i => Hash(kind, i)).Append(plain), Is.Unique);
        Assert.That(Hash(kind, -1), Is.EqualTo(plain));
    }

    [Test]
    public void TheTraceHoldsWhatWasReportedAndWhichWorkerWasTold()
    {
        ulong[] hashes =
        [
            .. new[] { (1UL, 0), (2UL, 0), (1UL, 1), (1UL, 2) }.Select(run =>
            {
                Rig rig = new();
                (FakePeer _, int fd) = rig.Pair();
                rig.Kernel.Watch(fd, Rig.Everything, run.Item1);
                rig.Wait();
                for (int i = 0; i < run.Item2; i++)
                {
                    rig.Kernel.Notify();
                }

                return rig.World.Trace.Hash;
            }),
        ];
        Assert.That(hashes, Is.Unique);
    }

    private static ulong Hash(OperationKind kind, int changed)
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        byte[] bytes = [1, 2, 3, 4, 5, 6];
        if (changed >= 0)
        {
            bytes[changed] ^= 0x80;
        }

        byte[] memory = [.. bytes];
        if (kind == OperationKind.Receive)
        {
            peer.Send(bytes);
            Array.Clear(memory);
        }

        fixed (byte* start = memory)
        {
            Operation operation = new()
            {
                Kind = kind,
                Fd = fd,
                Vectors = 2,
                First = new IoVector { Base = start, Length = 4 },
                Second = new IoVector { Base = start + 4, Length = 2 },
            };
            rig.Kernel.Execute(new Span<Operation>(ref operation));
            Assert.That(operation.Result, Is.EqualTo(6));
        }

        Assert.That(memory, Is.EqualTo(bytes));
        return rig.World.Trace.Hash;
    }
}
