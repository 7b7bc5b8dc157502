using System;
using System.IO;
using Lure.Core.Kernel;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>Same input, same run; and a run that costs the heap nothing.</summary>
public sealed class ReplayTests
{
    [Test]
    public void TheSameScriptHasTheSameHash()
    {
        ulong hash = HashOf(1, 0);
        Assert.That(HashOf(1, 0), Is.EqualTo(hash));
        Assert.That(HashOf(2, 0), Is.Not.EqualTo(hash), "another length");
        Assert.That(HashOf(1, 7), Is.Not.EqualTo(hash), "another byte");
    }

    [Test]
    public void TheTraceHasALinePerCall()
    {
        Rig rig = new();
        using StringWriter writer = new();
        rig.World.Trace.KeepLines();
        rig.World.Trace.WriteTo(writer);
        (_, int fd) = rig.Pair();
        rig.Receive(fd, 10);
        rig.Kernel.Mark(MarkId.StaleEvent);

        string[] expected = ["w0 Accept fd=3#1 0 = 4", "w0 Receive fd=4#2 10 = -EAGAIN", "w0 Mark 0 = 0"];
        Assert.That(rig.World.Trace.Lines, Is.EqualTo(expected));
        Assert.That(writer.ToString(), Is.EqualTo(string.Join(writer.NewLine, expected) + writer.NewLine));
    }

    [Test]
    public void MarksAndNotificationsAreCounted()
    {
        Rig rig = new();
        rig.Kernel.Mark(MarkId.Blocked);
        rig.Kernel.Mark(MarkId.Blocked);
        rig.Kernel.Notify();
        Assert.That(rig.World.Marked(MarkId.Blocked), Is.EqualTo(2));
        Assert.That(rig.World.Marked(MarkId.StaleEvent), Is.Zero);
        Assert.That(rig.World.Notifications, Is.EqualTo(1));
    }

    [Test]
    public unsafe void AWarmWorldAllocatesNothing()
    {
        Rig rig = new();
        FakeListener server = rig.World.Listen(Rig.Backend);
        byte* memory = stackalloc byte[256];
        KernelEvent[] events = new KernelEvent[8];
        long allocated = 0;
        for (int i = 0; i < 40; i++)
        {
            FakePeer client = rig.World.Connect(Rig.Address);
            client.Send(new byte[100]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Session(rig, memory, events);
            allocated += i < 10 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
            server.Accept().Close();
            client.Close();
        }

        Assert.That(allocated, Is.Zero);
    }

    private static unsafe void Session(Rig rig, byte* memory, KernelEvent[] events)
    {
        FakeKernel kernel = rig.Kernel;
        SocketAddress backend = Rig.Backend;
        int client = kernel.Accept(rig.Listener, out _);
        int server = kernel.Open(backend);
        kernel.Connect(server, backend);
        kernel.Watch(client, Interest.Connection, 1);
        kernel.Watch(server, Interest.Connection, 2);
        kernel.Wait(events, 0);
        kernel.ConnectResult(server);
        Operation read = new()
        {
            Kind = OperationKind.Receive,
            Fd = client,
            Vectors = 1,
            First = new IoVector { Base = memory, Length = 256 },
        };
        kernel.Execute(new Span<Operation>(ref read));
        Operation write = read with { Kind = OperationKind.Send, Fd = server };
        kernel.Execute(new Span<Operation>(ref write));
        kernel.Shutdown(server);
        kernel.Unacknowledged(server);
        kernel.SetOption(client, SocketOption.ResetOnClose, 1);
        kernel.Close(client);
        kernel.Close(server);
    }

    private static ulong HashOf(int length, byte value)
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        byte[] bytes = new byte[length];
        bytes[0] = value;
        peer.Send(bytes);
        rig.Receive(fd);
        peer.Reset();
        rig.Poll(fd);
        rig.Kernel.Close(fd);
        return rig.World.Trace.Hash;
    }
}
