using System;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Actors;
using Lure.Sim.Faults;
using Lure.Sim.Sockets;

namespace Lure.Sim.Checking;

/// <content>Calls that move bytes: whose they are, where they are kept, and that each is the right one.</content>
internal sealed unsafe partial class Ledger
{
    private const int ReadsPerBlock = 16;

    /// <summary>A receive, or a splice into a pipe, has been answered.</summary>
    /// <param name="worker">Whose.</param>
    /// <param name="operation">With its vectors filled.</param>
    /// <param name="result">Its answer.</param>
    /// <param name="limit">What it was cut down to.</param>
    public void Received(int worker, in Operation operation, int result, int limit)
    {
        if (Find(operation.Fd, out Side side) is not { } session)
        {
            Fail(null, $"V6: a read from descriptor {operation.Fd}, which is no session's");
            return;
        }

        SideShadow source = session[side];
        if (source.ReadOver)
        {
            Fail(session, $"V6: a read from the {side} after its end");
        }

        if (source.IsEmpty)
        {
            Fail(session, $"V12: the {side} is read again, it was empty, and nothing was reported since");
        }

        // A splice says so of a full pipe and of an urgent byte as well.
        source.IsEmpty = result == -Errno.Again && operation.Kind == OperationKind.Receive;
        source.EndUnasked = result == 0 && operation.Kind == OperationKind.Splice;
        session.CalledTurn = _workers[worker].Turn;
        session.Occasions++;
        if (operation.Kind == OperationKind.Splice)
        {
            CheckPipe(worker, session, side, operation.Target, writes: true);
        }
        else
        {
            CheckMemory(worker, session, side, operation);
        }

        CountRead(operation, result, limit);
        CensusIf(source.IsUnix && IsCutShort(operation, result), Fault.PassedDescriptor);
        if (result > 0)
        {
            source.Read += result;
            source.ReadTurn = _workers[worker].Turn;
            session.MovedAt = _workers[session.Worker].Now;
            CheckFairness(session, source, result);
        }
        else if (result is not (0 or -Errno.Again or -Errno.Interrupted))
        {
            // A splice may be told it with bytes still to be read, behind an urgent one.
            source.ReadOver = operation.Kind == OperationKind.Receive;
            Learn(session, side, -result);
        }
        else if (result == 0 && operation.Kind == OperationKind.Receive)
        {
            ReadEnd(worker, session, side);
        }
    }

    /// <summary>A send, or a splice out of a pipe, is about to be done.</summary>
    public void Sending(int worker, in Operation operation)
    {
        if (Find(TargetOf(operation), out Side side) is not { } session)
        {
            Fail(null, $"V6: a write to descriptor {TargetOf(operation)}, which is no session's");
            return;
        }

        SideShadow target = session[side];
        session.Occasions++;
        if (target.IsStuffed)
        {
            Fail(session, $"V12: the {side} is written to again, it was full, and no room was reported since");
        }

        if (target.FinSent || target.WriteOver)
        {
            Fail(session, $"V6: a write to the {side} after {(target.FinSent ? "our FIN" : "its error")}");
        }

        if (side == Side.Server && !session[side].IsUnix && session[side].Written > 0 && !session.NoDelay)
        {
            Fail(
                session,
                "V6: a second write to the server without TCP_NODELAY: it waits for the first to be acknowledged"
            );
        }

        if (operation.Kind == OperationKind.Splice)
        {
            CheckPipe(worker, session, side.Other(), operation.Fd, writes: false);
            CheckInPipe(session, side, operation);
            return;
        }

        CheckMemory(worker, session, side.Other(), operation);
        long offered = (long)operation.First.Length + (operation.Vectors == 2 ? (long)operation.Second.Length : 0);
        if (offered > session.Waiting(side.Other()))
        {
            Fail(
                session,
                $"V2: {offered} bytes are written to the {side}, {session.Waiting(side.Other())} wait for it"
            );
        }

        CheckStream(session, side, operation, offered);
    }

    /// <summary>A send, or a splice out of a pipe, has been answered.</summary>
    public void Sent(in Operation operation, int result)
    {
        SessionShadow session = Find(TargetOf(operation), out Side side)!;
        if (result > 0)
        {
            session[side].Written += result;
            session[side].Asked = false;
            session.MovedAt = _workers[session.Worker].Now;
        }
        else if (result is not (-Errno.Again or -Errno.Interrupted))
        {
            Learn(session, side, -result);
        }

        long offered = (long)operation.First.Length + (operation.Vectors == 2 ? (long)operation.Second.Length : 0);
        if (result < offered && result is > 0 or -Errno.Again)
        {
            // A splice that falls short says nothing about room.
            session[side].IsStuffed = result < 0 || operation.Kind == OperationKind.Send;
            Actor? peer = side == Side.Client ? session.Client : session.Client?.Partner;
            Census(
                peer is { Frozen: true } || peer?.Socket is TcpSocket { ReceiveCapacity: < 16 }
                    ? Fault.Clog
                    : Fault.ShortWrite
            );
        }
    }

    private void ReadEnd(int worker, SessionShadow session, Side side)
    {
        SideShadow source = session[side];
        source.ReadOver = true;
        if (source.Error != 0)
        {
            return; // a write was given the error, and this is what is left of it
        }

        source.Finished = true;
        session.NoteEnd(side);
        session.MovedAt = _workers[session.Worker].Now;
        if (source.Read == 0 || source.ReadTurn == _workers[worker].Turn)
        {
            Census(Fault.FinPosition);
        }
    }

    private void CountRead(in Operation operation, int result, int limit)
    {
        bool spliced = operation.Kind == OperationKind.Splice;
        if (spliced && result == -Errno.Again && PipeAt(operation.Target) is { Count: > 0 })
        {
            Census(Fault.Splice);
        }

        if (limit == 0 && result == -Errno.Again)
        {
            Census(Fault.EarlyEvent);
        }
        else if (result > 0 && result == limit)
        {
            Census(Fault.ShortRead);
        }

        if (!spliced && result > 0 && result < (long)operation.First.Length)
        {
            Census(Fault.Scribble);
        }
    }

    /// <summary>There was room for more, and more is there: a unix socket does so only where a descriptor was passed.</summary>
    private bool IsCutShort(in Operation operation, int result)
    {
        long asked = (long)operation.First.Length + (operation.Vectors == 2 ? (long)operation.Second.Length : 0);
        return result > 0 && result < asked && _simulation.World.FindSocket(operation.Fd)!.Readable > 0;
    }

    /// <summary>V1: every byte that is offered is the one that the source has at that place.</summary>
    private void CheckStream(SessionShadow session, Side target, in Operation operation, long offered)
    {
        Actor? from = target == Side.Server ? session.Client : ServerOf(session);
        long position = session[target].Written;
        if (from is null)
        {
            Fail(session, $"V1: {offered} bytes are written to the {target}, but nobody has sent any");
            return;
        }

        ReadOnlySpan<byte> first = new(operation.First.Base, (int)operation.First.Length);
        CheckBytes(session, target, from, position, first);
        if (operation.Vectors == 2)
        {
            ReadOnlySpan<byte> second = new(operation.Second.Base, (int)operation.Second.Length);
            CheckBytes(session, target, from, position + first.Length, second);
        }
    }

    private void CheckBytes(SessionShadow session, Side target, Actor from, long position, ReadOnlySpan<byte> bytes)
    {
        int matching = _simulation.Pattern.Matching(from.Key, position, bytes);
        if (matching < bytes.Length)
        {
            Fail(
                session,
                $"V1: byte {position + matching} of {Naming.Of(from)}, on its way to the {target}, is a wrong one"
            );
        }
    }

    /// <summary>V9: a vector lies inside one block, and the block is this direction's.</summary>
    private void CheckMemory(int worker, SessionShadow session, Side source, in Operation operation)
    {
        if (!FindView(session, out _))
        {
            Fail(session, "V9: bytes move for a session that the loop does not have");
        }

        int owner = SessionView.OwnerOf(session.Slot, source);
        CheckVector(worker, session, owner, operation.First);
        if (operation.Vectors == 2)
        {
            CheckVector(worker, session, owner, operation.Second);
        }
    }

    private void CheckVector(int worker, SessionShadow session, int owner, in IoVector vector)
    {
        ILoopInspection loop = _simulation.Workers.Loop(worker);
        int block = loop.BlockAt(vector.Base);
        bool owned = block != 0 && loop.BlockOwner(block) == owner;
        byte* start = loop.BlockBytes(block, out int length);
        if (!owned || vector.Base + vector.Length > start + length)
        {
            Fail(session, $"V9: {vector.Length} bytes at block {block} are not this direction's");
        }
    }

    /// <summary>V13: what one direction may read in a turn is bounded.</summary>
    private void CheckFairness(SessionShadow session, SideShadow source, int count)
    {
        source.ReadInTurn += count;
        // A read is charged for a sixteenth of a block at least.
        LoopOptions options = _simulation.Plan.Loop;
        int most = 1 + (options.BytesPerTurn / System.Math.Max(1, options.BlockBytes / ReadsPerBlock));
        if (++source.ReadsInTurn > most)
        {
            Fail(session, $"V13: {source.ReadsInTurn} reads in one turn, {most} are allowed");
        }

        // The last read of a turn may begin with a byte of budget left, but asks for no more than that.
        if (source.ReadInTurn > _simulation.Plan.Loop.BytesPerTurn)
        {
            Fail(
                session,
                $"V13: {source.ReadInTurn} bytes in one turn, {_simulation.Plan.Loop.BytesPerTurn} are allowed"
            );
        }
    }

    /// <summary>The far end of a session's descriptor; null where there is none.</summary>
    public Actor? PeerAt(int fd)
    {
        SessionShadow? session = Find(fd, out Side side);
        return session is null ? null
            : side == Side.Client ? session.Client
            : ServerOf(session);
    }

    /// <summary>Whom the session is connected to: who accepted the last attempt.</summary>
    private Actor? ServerOf(SessionShadow session) =>
        session.Attempts.Count == 0 ? null : _attempts[session.Attempts[^1]].Server;
}
