using System;
using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <content>
/// Reading into blocks. A read asks only for what can be kept: what waits and what comes must fit into
/// one block when the target takes none of it. Into a pipe the kernel lets in what fits.
/// </content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    private const int ReadsPerBlock = 16;

    private void PlanRead(Connection* connection, BatchEntry* entry, Side source)
    {
        int budget = connection->Budget[(int)source];
        if (budget <= 0 || !Decisions.WantsRead(connection->Flags, source))
        {
            return;
        }

        Operation* operation = _reads + _readCount++;
        if (HasPipe(connection, entry, source))
        {
            PlanSpliceIn(connection, entry, source, operation, budget);
            return;
        }

        operation->Kind = OperationKind.Receive;
        operation->Fd = connection->Fd[(int)source];
        operation->Vectors = 1;
        operation->Tag = (_batchCount << 1) | (int)source;
        if (connection->BlockOf(source) != 0)
        {
            PlanReadBehind(connection, entry, source, operation, budget);
            return;
        }

        int owner = Owner(entry->Slot, source);
        int block = _buffers.Borrow(owner);
        connection->Held[(int)source] = block;
        operation->First.Base = _buffers.WriteAt(block, owner);
        operation->First.Length = (nuint)Math.Min(budget, _buffers.BlockBytes);
    }

    /// <summary>
    /// Bytes wait already. When they will be tried in this batch, a second block takes as many new
    /// ones as the first has given out; else only what fits behind them is read.
    /// </summary>
    private void PlanReadBehind(
        Connection* connection,
        BatchEntry* entry,
        Side source,
        Operation* operation,
        int budget
    )
    {
        int owner = Owner(entry->Slot, source);
        int block = connection->BlockOf(source);
        int tail = _buffers.Tail(block, owner);
        int front = _buffers.BlockBytes - tail - _buffers.Length(block, owner);
        bool writeFollows = Decisions.WantsWrite(connection->Flags, source.Other());
        if (!writeFollows && tail == 0)
        {
            _kernel.Mark(MarkId.Compacted);
            _buffers.Compact(block, owner);
            (tail, front) = (front, 0);
        }

        if (!writeFollows || front == 0 || budget <= tail)
        {
            operation->First.Base = _buffers.WriteAt(block, owner);
            operation->First.Length = (nuint)Math.Min(budget, tail);
            return;
        }

        int spare = _buffers.Borrow(owner);
        entry->Spare[(int)source] = spare;
        int rest = Math.Min(budget - tail, front);
        if (tail == 0)
        {
            operation->First.Base = _buffers.WriteAt(spare, owner);
            operation->First.Length = (nuint)rest;
            return;
        }

        _kernel.Mark(MarkId.VectoredRead);
        operation->Vectors = 2;
        operation->First.Base = _buffers.WriteAt(block, owner);
        operation->First.Length = (nuint)tail;
        operation->Second.Base = _buffers.WriteAt(spare, owner);
        operation->Second.Length = (nuint)rest;
    }

    private void JudgeRead(Connection* connection, BatchEntry* entry, Side source, Operation* operation)
    {
        int result = operation->Result;
        bool spliced = operation->Kind == OperationKind.Splice;
        if (result > 0)
        {
            CountReceived(connection, entry, source, result);
            if (spliced)
            {
                KeepSpliced(connection, entry, source, result);
            }
            else
            {
                KeepBytes(connection, entry, source, operation, result);
            }

            return;
        }

        if (result == -Errno.Interrupted || (spliced && GoesOnOtherwise(connection, entry, source, result)))
        {
            return;
        }

        Reading reading = result switch
        {
            0 => Reading.End,
            -Errno.Again => Reading.Nothing,
            _ => Reading.Failed,
        };
        if (reading == Reading.End && connection->Flags.Has(ConnectionFlags.Dead, source))
        {
            _kernel.Mark(MarkId.EndAfterLostError);
        }

        if (reading == Reading.End)
        {
            // The half-close timer counts from the FIN.
            connection->ActiveAt = _activeTick;
        }

        if (reading == Reading.Failed)
        {
            _connections.Details(entry->Slot)->Error[(int)source] = -result;
        }

        connection->Flags = Transitions.Received(connection->Flags, source, reading, full: false);
    }

    private void KeepBytes(Connection* connection, BatchEntry* entry, Side source, Operation* operation, int count)
    {
        int owner = Owner(entry->Slot, source);
        int block = connection->BlockOf(source);
        int spare = entry->Spare[(int)source];
        int tail = _buffers.Tail(block, owner);
        int first = spare != 0 ? Math.Min(count, tail) : count;
        _buffers.Append(block, owner, first);
        int kept = _buffers.Length(block, owner);
        if (first < count)
        {
            _buffers.Append(spare, owner, count - first);
            kept += count - first;
        }

        ConnectionFlags flags = connection->Flags;
        bool unix = flags.Has(source == Side.Client ? ConnectionFlags.ClientUnix : ConnectionFlags.ServerUnix);
        Reading reading = (nuint)count < operation->Asked && !unix ? Reading.Partial : Reading.Filled;
        if (reading == Reading.Partial && flags.Has(ConnectionFlags.Hinted, source))
        {
            _kernel.Mark(MarkId.ShortReadNotLast);
        }

        if (flags.Phase() == Phase.Connecting)
        {
            _kernel.Mark(MarkId.EarlyBytes);
        }

        connection->Flags = Transitions.Received(flags, source, reading, full: kept == _buffers.BlockBytes);
    }

    private void CountReceived(Connection* connection, BatchEntry* entry, Side source, int count)
    {
        connection->Received[(int)source] += count;
        // A read costs a call, however little it brings: who trickles is charged for it.
        int least = _buffers.BlockBytes / ReadsPerBlock;
        connection->Budget[(int)source] -= Math.Max(count, least);
        connection->ActiveAt = _activeTick;
        entry->SetMoved(source);
        if (source == Side.Client)
        {
            _counters->Up += count;
        }
        else
        {
            _counters->Down += count;
        }
    }
}
