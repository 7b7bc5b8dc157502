using System;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Actors;
using Lure.Sim.Faults;
using Lure.Sim.Sockets;

namespace Lure.Sim.Checking;

/// <content>Pipes: whose they are, what is in them, and that none is given to another with bytes inside.</content>
internal sealed partial class Ledger
{
    private byte[] _inPipe = new byte[4096];

    /// <summary>The session's end of a transfer: a splice names it second when it writes.</summary>
    private static int TargetOf(in Operation operation) =>
        operation.Kind == OperationKind.Splice ? operation.Target : operation.Fd;

    /// <summary>V9: bytes are spliced through a pipe that this direction owns, by the end that is for it.</summary>
    private void CheckPipe(int worker, SessionShadow session, Side source, int fd, bool writes)
    {
        if (!FindView(session, out SessionView view))
        {
            Fail(session, "V9: bytes move for a session that the loop does not have");
        }

        ILoopInspection loop = _simulation.Workers.Loop(worker);
        int pipe = view.Pipe(source);
        bool owned = pipe != 0 && loop.PipeOwner(pipe) == SessionView.OwnerOf(session.Slot, source);
        (int readEnd, int writeEnd) = loop.PipeEnds(pipe);
        if (!owned || fd != (writes ? writeEnd : readEnd))
        {
            Fail(session, $"V9: descriptor {fd} is no end of this direction's pipe {pipe}");
        }
    }

    /// <summary>V1, V2: what is spliced out is what waits, and its bytes are the right ones.</summary>
    private void CheckInPipe(SessionShadow session, Side target, in Operation operation)
    {
        Pipe pipe = PipeAt(operation.Fd)!;
        int count = pipe.Count;
        if (count != session.Waiting(target.Other()) || (long)operation.First.Length != count)
        {
            Fail(
                session,
                $"V2: {operation.First.Length} bytes are spliced out of {count}, {session.Waiting(target.Other())} wait"
            );
        }

        Actor? from = target == Side.Server ? session.Client : ServerOf(session);
        if (from is null)
        {
            Fail(session, $"V1: {count} bytes are spliced to the {target}, but nobody has sent any");
            return;
        }

        if (count > _inPipe.Length)
        {
            _inPipe = new byte[2 * count];
        }

        pipe.Copy(_inPipe.AsSpan(0, count));
        CheckBytes(session, target, from, session[target].Written, _inPipe.AsSpan(0, count));
    }

    /// <summary>V8: a pipe that nobody owns is empty; one that is owned has one owner and holds what is said.</summary>
    private void CheckPipes(ILoopInspection loop)
    {
        int used = 0;
        int open = 0;
        for (int pipe = 1; pipe <= loop.PipesUsed; pipe++)
        {
            (int readEnd, int writeEnd) = loop.PipeEnds(pipe);
            if (readEnd == 0)
            {
                continue;
            }

            open++;
            used += loop.PipeOwner(pipe) == 0 ? 0 : 1;
            if (PipeAt(readEnd) is not { } opened || PipeAt(writeEnd) != opened)
            {
                Fail(null, $"V7: descriptors {readEnd} and {writeEnd} are not the ends of one pipe");
            }
            else if (loop.PipeOwner(pipe) == 0 && opened.Count > 0)
            {
                Fail(null, $"V8: a pipe that nobody owns holds {opened.Count} bytes");
            }
        }

        if ((used, open) != (loop.PipesInUse, loop.PipesOpen))
        {
            Fail(null, $"V8: {loop.PipesInUse} of {loop.PipesOpen} pipes are used, {used} of {open} have an owner");
        }
    }

    /// <summary>There is room behind bytes that wait: in a pipe, a free slot.</summary>
    private bool HasRoomBehind(SessionShadow session, in SessionView view, Side source)
    {
        int pipe = view.Pipe(source);
        if (pipe == 0)
        {
            return session.Waiting(source) < _simulation.Plan.Loop.BlockBytes;
        }

        ILoopInspection loop = _simulation.Workers.Loop(session.Worker);
        return PipeAt(loop.PipeEnds(pipe).ReadEnd)!.FreeFor(1) > 0;
    }

    /// <summary>A splice that was answered without being done.</summary>
    private void AfterSplice(int worker, SessionShadow session, Side side, int result)
    {
        session.CalledTurn = _workers[worker].Turn;
        if (result is -Errno.Invalid or -Errno.NoSystemCall or -Errno.NotPermitted or -Errno.NoMemory)
        {
            session[side].EndUnasked = true;
            Census(Fault.Splice);
        }
    }

    /// <summary>The pipe in which bytes from a side wait.</summary>
    public Pipe? PipeOf(in SessionView view, Side source) =>
        view.Pipe(source) == 0 ? null : PipeAt(_simulation.Workers.Loop(0).PipeEnds(view.Pipe(source)).ReadEnd);

    /// <summary>The pipe of a descriptor; null where it is none.</summary>
    public Pipe? PipeAt(int fd) => (_simulation.World.Descriptors.Find(fd) as PipeEnd)?.Pipe;
}
