using System;
using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <content>Writing out of blocks, in the same turn in which they were filled.</content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    private void PlanWrite(Connection* connection, BatchEntry* entry, Side target)
    {
        if (!Decisions.WantsWrite(connection->Flags, target))
        {
            return;
        }

        Side source = target.Other();
        int owner = Owner(entry->Slot, source);
        Operation* operation = _writes + _writeCount++;
        operation->Tag = ((int)(entry - _batch) << 1) | (int)target;
        int pipe = connection->PipeOf(source);
        if (pipe != 0)
        {
            PlanSpliceOut(connection->Fd[(int)target], pipe, owner, operation);
        }
        else
        {
            PlanSend(connection, entry, target, owner, operation);
        }

        if (target == Side.Server && connection->Flags.Has(ConnectionFlags.NoDelayDue))
        {
            SetNoDelay(connection, operation);
        }
    }

    private void PlanSend(Connection* connection, BatchEntry* entry, Side target, int owner, Operation* operation)
    {
        Side source = target.Other();
        int block = connection->BlockOf(source);
        int spare = entry->Spare[(int)source];
        operation->Kind = OperationKind.Send;
        operation->Fd = connection->Fd[(int)target];
        operation->Vectors = 1;
        operation->First.Base = _buffers.ReadAt(block, owner);
        operation->First.Length = (nuint)_buffers.Length(block, owner);
        if (spare != 0 && _buffers.Length(spare, owner) > 0)
        {
            operation->Vectors = 2;
            operation->Second.Base = _buffers.ReadAt(spare, owner);
            operation->Second.Length = (nuint)_buffers.Length(spare, owner);
        }
    }

    /// <summary>
    /// A small write waits for the acknowledgement of an earlier small one (Nagle's algorithm,
    /// tcp_nagle_check in net/ipv4/tcp_output.c), so the first waits for nothing: a session with one
    /// request is spared the call. A client's socket has the option from its listener.
    /// </summary>
    private void SetNoDelay(Connection* connection, Operation* operation)
    {
        if (connection->Received[(int)Side.Client] == (long)operation->Asked)
        {
            return;
        }

        connection->Flags &= ~ConnectionFlags.NoDelayDue;
        // A refusal costs latency, not the session.
        _ = _kernel.SetOption(connection->Fd[(int)Side.Server], SocketOption.NoDelay, 1);
    }

    private void JudgeWrite(Connection* connection, BatchEntry* entry, Side target, Operation* operation)
    {
        int result = operation->Result;
        Check.That(result != 0, "a write of something is never answered by nothing");
        if (result == -Errno.Interrupted)
        {
            return;
        }

        if (result < 0)
        {
            JudgeFailedWrite(connection, entry, target, -result);
            return;
        }

        connection->ActiveAt = _activeTick;
        if (operation->Kind == OperationKind.Splice)
        {
            ConsumeSpliced(connection, entry, target, operation);
            return;
        }

        Side source = target.Other();
        int owner = Owner(entry->Slot, source);
        int block = connection->BlockOf(source);
        int first = _buffers.Length(block, owner);
        int fromFirst = Math.Min(result, first);
        _buffers.Consume(block, owner, fromFirst);
        if (result > fromFirst)
        {
            _buffers.Consume(entry->Spare[(int)source], owner, result - fromFirst);
        }

        Writing writing = (nuint)result == operation->Asked ? Writing.All : Writing.Blocked;
        if (writing == Writing.Blocked)
        {
            _kernel.Mark(MarkId.Blocked);
        }

        connection->Flags = Transitions.Sent(connection->Flags, target, writing);
    }

    private void JudgeFailedWrite(Connection* connection, BatchEntry* entry, Side target, int errno)
    {
        if (errno == Errno.Again)
        {
            _kernel.Mark(MarkId.Blocked);
            connection->Flags = Transitions.Blocked(connection->Flags, target);
            return;
        }

        _kernel.Mark(MarkId.ResetLearnedByWrite);
        _connections.Details(entry->Slot)->Error[(int)target] = errno;
        connection->Flags = Transitions.Sent(connection->Flags, target, Writing.Failed);
    }

    /// <summary>What is empty goes back: of a pipe and a block alike a direction keeps only what holds bytes.</summary>
    private void Tidy(Connection* connection, BatchEntry* entry, Side source)
    {
        int held = connection->Held[(int)source];
        if (held > 0)
        {
            TidyBlocks(connection, entry, source, held);
        }
        else if (held < 0)
        {
            TidyPipe(connection, entry, source, -held);
        }
    }

    /// <summary>Empty blocks go back; of two that hold bytes one is made, so that a direction keeps at most one.</summary>
    private void TidyBlocks(Connection* connection, BatchEntry* entry, Side source, int block)
    {
        int owner = Owner(entry->Slot, source);
        int spare = entry->Spare[(int)source];
        bool empty = _buffers.Length(block, owner) == 0;
        if (spare != 0)
        {
            if (_buffers.Length(spare, owner) == 0)
            {
                _buffers.Return(spare, owner);
            }
            else if (empty)
            {
                _buffers.Return(block, owner);
                connection->Held[(int)source] = spare;
                return;
            }
            else
            {
                _kernel.Mark(MarkId.Compacted);
                _buffers.Join(block, spare, owner);
                _buffers.Return(spare, owner);
            }
        }

        if (empty)
        {
            _buffers.Return(block, owner);
            connection->Held[(int)source] = 0;
        }
    }
}
