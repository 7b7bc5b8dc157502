using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <content>
/// Bulk streams: bytes go from socket to socket through a pipe (splice(2)) and are never copied. A pipe
/// takes the place of a block: borrowed for a batch, kept by its direction while it holds bytes.
/// </content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    /// <summary>A turn that moves less than this part of its budget is a lean one.</summary>
    private const int LeanPart = 2;

    /// <summary>
    /// The direction has bytes in a pipe, or is given an empty one. Bytes in a block leave from there
    /// first: a direction with both would have to know which are older.
    /// </summary>
    private bool HasPipe(Connection* connection, BatchEntry* entry, Side source)
    {
        int held = connection->Held[(int)source];
        if (held != 0 || !Bulk.IsBulk(connection->Flags, source))
        {
            return held < 0;
        }

        int owner = Owner(entry->Slot, source);
        int pipe = _pipes.Take(owner);
        if (pipe == 0)
        {
            pipe = MakePipe(owner);
        }

        connection->Held[(int)source] = -pipe;
        return pipe != 0;
    }

    /// <summary>Makes a pipe, unless there are enough or the last one was refused a moment ago.</summary>
    private int MakePipe(int owner)
    {
        if (!_pipes.HasRoom)
        {
            _kernel.Mark(MarkId.PipesInUse);
            return 0;
        }

        if (_now < _pipesRefusedUntil)
        {
            return 0;
        }

        if (_kernel.MakePipe(out int readEnd, out int writeEnd) >= 0)
        {
            return _pipes.Add(readEnd, writeEnd, owner);
        }

        _kernel.Mark(MarkId.PipeRefused);
        _counters->PipesRefused++;
        _pipesRefusedUntil = _now + _options.PipePause;
        return 0;
    }

    private void PlanSpliceIn(Connection* connection, BatchEntry* entry, Side source, Operation* operation, int budget)
    {
        operation->Kind = OperationKind.Splice;
        operation->Fd = connection->Fd[(int)source];
        operation->Target = _pipes.WriteEnd(connection->PipeOf(source), Owner(entry->Slot, source));
        operation->Vectors = 1;
        operation->Tag = (_batchCount << 1) | (int)source;
        operation->First.Base = null;
        operation->First.Length = (nuint)budget;
    }

    /// <summary>
    /// A short splice is no sign of an empty socket: it ends where the slots of the pipe end, at a page
    /// or at a signal. So the side stays readable until the kernel says that nothing is there.
    /// </summary>
    private void KeepSpliced(Connection* connection, BatchEntry* entry, Side source, int count)
    {
        _counters->Spliced += count;
        _pipes.Append(connection->PipeOf(source), Owner(entry->Slot, source), count);
        connection->Flags = Transitions.Received(connection->Flags, source, Reading.Filled, full: false);
    }

    /// <summary>
    /// A splice that brought nothing. Only one answer means what it would mean to a read: that nothing is
    /// there, with nothing in the pipe and nothing announced. It does not get past an urgent byte, and
    /// says EAGAIN, or tells the end or the error behind it, with bytes still to be read; so whether a
    /// stream has ended is asked by a read.
    /// </summary>
    /// <returns>False when it is to be judged like a read.</returns>
    private bool GoesOnOtherwise(Connection* connection, BatchEntry* entry, Side source, int result)
    {
        ConnectionFlags flags = connection->Flags;
        SpliceFate fate = Fates.OfSplice(-result);
        if (fate == SpliceFate.Failed)
        {
            _connections.Details(entry->Slot)->Error[(int)source] = -result;
            flags = Transitions.Received(flags, source, Reading.FailedEarly, full: false);
            connection->Flags = Bulk.Ended(flags, source);
            return true;
        }

        if (_pipes.Length(connection->PipeOf(source), Owner(entry->Slot, source)) > 0)
        {
            // An empty socket and a pipe without a free slot are told alike: with nothing in the pipe
            // it will be certain.
            _kernel.Mark(MarkId.PipeFull);
            connection->Flags = Transitions.Received(flags, source, Reading.Filled, full: true);
            return true;
        }

        if (fate == SpliceFate.Refused)
        {
            _kernel.Mark(MarkId.SpliceRefused);
            connection->Flags = Bulk.Refused(flags, source);
            return true;
        }

        if (fate == SpliceFate.End || flags.Has(ConnectionFlags.Hinted, source))
        {
            _kernel.Mark(MarkId.SpliceStopped);
            connection->Flags = Bulk.Ended(flags, source);
            return true;
        }

        NoteDry(connection, source);
        return false;
    }

    /// <summary>A side that was reported dead may be so behind a pipe that only seemed to be full.</summary>
    private ConnectionFlags LookBehindPipe(Connection* connection, ConnectionFlags flags, Side source)
    {
        if (connection->PipeOf(source) == 0 || !flags.Has(ConnectionFlags.Hinted, source))
        {
            return flags;
        }

        _kernel.Mark(MarkId.EndBehindPipe);
        return Transitions.RoomUncertain(flags, source.Other());
    }

    /// <summary>All that is in the pipe and no more, so that no segment is held back for what does not come.</summary>
    private void PlanSpliceOut(int fd, int pipe, int owner, Operation* operation)
    {
        operation->Kind = OperationKind.Splice;
        operation->Fd = _pipes.ReadEnd(pipe, owner);
        operation->Target = fd;
        operation->Vectors = 1;
        operation->First.Base = null;
        operation->First.Length = (nuint)_pipes.Length(pipe, owner);
    }

    private void ConsumeSpliced(Connection* connection, BatchEntry* entry, Side target, Operation* operation)
    {
        Side source = target.Other();
        _pipes.Consume(connection->PipeOf(source), Owner(entry->Slot, source), operation->Result);
        Writing writing = (nuint)operation->Result == operation->First.Length ? Writing.All : Writing.Some;
        if (writing == Writing.Some)
        {
            _kernel.Mark(MarkId.SpliceFellShort);
        }

        connection->Flags = Transitions.Sent(connection->Flags, target, writing);
    }

    private void TidyPipe(Connection* connection, BatchEntry* entry, Side source, int pipe)
    {
        int owner = Owner(entry->Slot, source);
        if (_pipes.Length(pipe, owner) == 0)
        {
            _pipes.Return(pipe, owner);
            connection->Held[(int)source] = 0;
        }
    }

    /// <summary>The budget of a turn was spent, and there is more: this is bulk, once nothing waits in a block.</summary>
    private void NoteMuchMoved(Connection* connection, Side source)
    {
        ConnectionFlags flags = connection->Flags;
        if (_pipes.Capacity == 0 || connection->BlockOf(source) != 0 || !Bulk.MaySplice(flags, source))
        {
            return;
        }

        if (!Bulk.IsBulk(flags, source))
        {
            _kernel.Mark(MarkId.BulkBegun);
        }

        connection->Flags = Bulk.Fed(flags, source);
    }

    /// <summary>A spliced stream ran dry: much had come since the turn began, or little.</summary>
    private void NoteDry(Connection* connection, Side source)
    {
        ConnectionFlags flags = connection->Flags;
        int moved = _options.BytesPerTurn - connection->Budget[(int)source];
        flags = moved >= _options.BytesPerTurn / LeanPart ? Bulk.Fed(flags, source) : Bulk.Lean(flags, source);
        connection->Flags = flags;
        if (!Bulk.IsBulk(flags, source))
        {
            _kernel.Mark(MarkId.BulkEnded);
        }
    }
}
