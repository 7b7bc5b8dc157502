using System;
using System.Text;
using Lure.Core.Kernel;
using Lure.Sim.Peers;

namespace Lure.Sim.Tests;

/// <summary>A world with one worker and a listener, and the calls in the form that a table of expectations needs.</summary>
internal sealed class Rig
{
    public const Interest Everything = Interest.Connection;
    public const Interest Level = Interest.In | Interest.Out | Interest.ReadHangUp;

    public Rig(WorldOptions? options = null, int backlog = 128)
    {
        World = new FakeWorld(options ?? new WorldOptions());
        Kernel = new FakeKernel(World);
        Listener = World.OpenListener(Address, backlog);
    }

    public FakeWorld World { get; }

    public FakeKernel Kernel { get; }

    public int Listener { get; }

    public static SocketAddress Address => FakeAddress.IPv4(7000);

    public static SocketAddress Backend => FakeAddress.IPv4(9000);

    /// <summary>A client and the descriptor that was accepted for it.</summary>
    public (FakePeer Peer, int Fd) Pair()
    {
        FakePeer peer = World.Connect(Address);
        return (peer, Kernel.Accept(Listener, out _));
    }

    /// <summary>A descriptor that connected to a server, and the server's end.</summary>
    public (FakePeer Peer, int Fd) ServerPair()
    {
        FakeListener server = World.Listen(Backend);
        int fd = Kernel.Open(Backend);
        Kernel.Connect(fd, Backend);
        return (server.Accept(), fd);
    }

    /// <summary>The mask that level-triggered polling gives, without ever having been watched before.</summary>
    public string Poll(int fd, Interest interest = Level)
    {
        FakeKernel fresh = new(World);
        fresh.Watch(fd, interest, 1);
        string mask = WaitOn(fresh);
        fresh.Unwatch(fd);
        return mask;
    }

    /// <summary>What the worker is told now: "mask@token" of each event, "-" for none.</summary>
    public string Wait(int max = 16) => WaitOn(Kernel, max, withToken: true);

    public int Receive(int fd, int length = 4096) => Run(OperationKind.Receive, fd, length);

    public int Send(int fd, int length) => Run(OperationKind.Send, fd, length);

    public unsafe int Splice(int from, int to, int length)
    {
        Operation operation = new()
        {
            Kind = OperationKind.Splice,
            Fd = from,
            Target = to,
            Vectors = 1,
            First = new IoVector { Length = (nuint)length },
        };
        Kernel.Execute(new Span<Operation>(ref operation));
        return operation.Result;
    }

    public static string Mask(Readiness readiness)
    {
        StringBuilder text = new();
        Add(Readiness.In, "IN");
        Add(Readiness.Urgent, "PRI");
        Add(Readiness.Out, "OUT");
        Add(Readiness.Error, "ERR");
        Add(Readiness.HangUp, "HUP");
        Add(Readiness.ReadHangUp, "RDHUP");
        return text.Length == 0 ? "-" : text.ToString();

        void Add(Readiness bit, string name)
        {
            if ((readiness & bit) != 0)
            {
                text.Append(text.Length == 0 ? "" : "|").Append(name);
            }
        }
    }

    private static string WaitOn(FakeKernel kernel, int max = 16, bool withToken = false)
    {
        KernelEvent[] events = new KernelEvent[max];
        int count = kernel.Wait(events, 0);
        StringBuilder text = new();
        for (int i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : " ").Append(Mask(events[i].Readiness));
            if (withToken)
            {
                text.Append('@').Append(events[i].Token);
            }
        }

        return count == 0 ? "-" : text.ToString();
    }

    private unsafe int Run(OperationKind kind, int fd, int length)
    {
        byte[] memory = new byte[length];
        fixed (byte* start = memory)
        {
            Operation operation = new()
            {
                Kind = kind,
                Fd = fd,
                Vectors = 1,
                First = new IoVector { Base = start, Length = (nuint)length },
            };
            Kernel.Execute(new Span<Operation>(ref operation));
            return operation.Result;
        }
    }
}
