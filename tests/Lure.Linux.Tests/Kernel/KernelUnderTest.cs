using System;
using System.Collections.Generic;
using System.Text;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using Lure.Linux.Sockets;
using NUnit.Framework;

namespace Lure.Linux.Tests.Kernel;

/// <summary>A real kernel with the descriptors of one test, all closed at its end.</summary>
internal sealed unsafe class KernelUnderTest : IDisposable
{
    private readonly List<int> _descriptors = [];

    public KernelUnderTest(KernelOptions? options = null)
    {
        Options = options ?? new KernelOptions();
        Calls = LinuxKernel.ForThisThread(Mailbox, Records, Options);
    }

    public KernelOptions Options { get; }

    public Mailbox Mailbox { get; } = new();

    public EventFd Records { get; } = new();

    public LinuxKernel Calls { get; }

    /// <summary>A listening socket, non-blocking, and its real address.</summary>
    public int Listen(in SocketAddress where, out SocketAddress address)
    {
        Assert.That(SetUpSocket.Open(where.Family, out SetUpSocket socket), Is.Zero);
        _descriptors.Add(socket.Descriptor);
        Assert.That(socket.Bind(where), Is.Zero);
        Assert.That(socket.Listen(), Is.Zero);
        Assert.That(socket.Name(out address), Is.Zero);
        return socket.Descriptor;
    }

    /// <summary>Two ends of one connection.</summary>
    public (int Near, int Far) Connect(in SocketAddress where)
    {
        int listener = Listen(where, out SocketAddress address);
        int near = Keep(Calls.Open(address));
        int started = Calls.Connect(near, address);
        Assert.That(started, Is.Zero.Or.EqualTo(-Errno.InProgress));
        Await(listener, Interest.In);
        return (near, Keep(Calls.Accept(listener, out _)));
    }

    public int Keep(int fd)
    {
        Assert.That(fd, Is.Not.Negative);
        _descriptors.Add(fd);
        return fd;
    }

    /// <summary>Closed by the test itself.</summary>
    public void Forget(int fd) => _descriptors.Remove(fd);

    /// <summary>Waits until a descriptor is ready.</summary>
    public Readiness Await(int fd, Interest interest)
    {
        Assert.That(Calls.Watch(fd, interest, 77), Is.Zero);
        KernelEvent[] events = new KernelEvent[1];
        int count;
        do
        {
            count = Calls.Wait(events, Calls.Now() + 10_000_000_000);
        } while (count == -Errno.Interrupted || (count == 1 && events[0].Token != 77));
        Assert.That(count, Is.EqualTo(1), "the descriptor should have become ready");
        Assert.That(Calls.Unwatch(fd), Is.Zero);
        return events[0].Readiness;
    }

    public int Send(int fd, string text) => Run(OperationKind.Send, fd, Encoding.UTF8.GetBytes(text));

    public int Receive(int fd, Span<byte> buffer) => Run(OperationKind.Receive, fd, buffer);

    public void Dispose()
    {
        _descriptors.ForEach(fd => _ = Calls.Close(fd));
        Calls.Dispose();
        Mailbox.Dispose();
        Records.Dispose();
    }

    private int Run(OperationKind kind, int fd, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            Operation operation = new()
            {
                Kind = kind,
                Fd = fd,
                Vectors = 1,
                First = new IoVector { Base = start, Length = (nuint)buffer.Length },
            };
            Calls.Execute(new Span<Operation>(ref operation));
            return operation.Result;
        }
    }
}
