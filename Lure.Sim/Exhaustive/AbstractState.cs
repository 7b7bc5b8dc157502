using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Actors;
using Lure.Sim.Running;
using Lure.Sim.Sockets;

namespace Lure.Sim.Exhaustive;

/// <summary>
/// What a simulation will do next follows from this, as far as it is known: the loop's session, the sockets
/// at both of its sides, what is queued to be reported, how far the peers are, and the account that the
/// checks keep. Times count from now, and how often something came to nothing does not count.
/// </summary>
internal static class AbstractState
{
    public static void Add(Simulation simulation, ref StateHash hash)
    {
        long now = simulation.World.Now;
        ILoopInspection loop = simulation.Workers.Loop(0);
        hash.Add((ulong)simulation.Stage);
        hash.Add(loop.HasWork);
        hash.Add(Until(loop.WakesAt, now));
        hash.Add(Until(simulation.World.NextScheduled, now));
        hash.Add((long)loop.BlocksInUse);
        hash.Add((long)loop.PipesOpen);
        if (loop.TryInspect(0, out SessionView view))
        {
            AddSession(simulation, view, now, ref hash);
        }

        simulation.Workers.Kernel(0).Internals.Epoll.AddTo(ref hash);
        hash.Add((long)simulation.Cast.Waiting(0));
        foreach (Actor actor in simulation.Cast.Actors)
        {
            AddActor(actor, ref hash);
        }

        simulation.Ledger.AddTo(ref hash);
    }

    private static void AddSession(Simulation simulation, in SessionView view, long now, ref StateHash hash)
    {
        hash.Add((ulong)view.Flags);
        hash.Add(view.ReceivedUp);
        hash.Add(view.ReceivedDown);
        hash.Add((long)view.WaitingUp);
        hash.Add((long)view.WaitingDown);
        hash.Add((long)view.StartUp);
        hash.Add((long)view.StartDown);
        hash.Add(Until(view.TimerDue, now));
        for (Side side = Side.Client; side <= Side.Server; side++)
        {
            bool open = view.Flags.Has(ConnectionFlags.Open, side);
            TcpSocket? socket = open ? simulation.World.FindSocket(view.Fd(side)) as TcpSocket : null;
            hash.Add((long)(open ? view.Fd(side) : -1));
            simulation.Ledger.PipeOf(view, side)?.AddTo(ref hash);
            AddEnds(socket, ref hash);
        }
    }

    private static void AddActor(Actor actor, ref StateHash hash)
    {
        hash.Add((long)actor.At);
        hash.Add(actor.Sent);
        hash.Add(actor.Taken);
        hash.Add(actor.LeftUnread);
        hash.Add((long)actor.Error);
        hash.Add((ulong)actor.SawEnd);
        hash.Add(actor.Finished, actor.Gone, actor.LeftByReset, actor.IsUnborn);
        AddEnds(actor.Socket as TcpSocket, ref hash);
    }

    private static void AddEnds(TcpSocket? socket, ref StateHash hash)
    {
        hash.Add(socket is not null);
        socket?.AddTo(ref hash);
        socket?.Opposite?.AddTo(ref hash);
    }

    private static long Until(long time, long now) => time is long.MaxValue or 0 ? time : time - now;
}
