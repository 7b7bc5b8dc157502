using System;
using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <content>
/// Execute: what was planned, in batches; the reads of one, then the writes that follow from them.
/// </content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    private void Execute()
    {
        AcceptAll();
        while (_runQueue.Count > 0)
        {
            GatherBatch();
            RunReads();
            StartConnects();
            RunWrites();
            CloseBatch();
        }
    }

    /// <summary>Takes sessions off the run queue, as many as their reads have blocks set aside for.</summary>
    private void GatherBatch()
    {
        _batchCount = 0;
        _readCount = 0;
        _writeCount = 0;
        while (_runQueue.Count > 0 && _batchCount < _options.BatchReads && _readCount + 2 <= _options.BatchReads)
        {
            int slot = _runQueue.Take();
            Connection* connection = _connections[slot];
            connection->Flags &= ~ConnectionFlags.Queued;
            Touch(slot, connection);

            BatchEntry* entry = _batch + _batchCount;
            *entry = new BatchEntry { Slot = slot };
            if (connection->Flags.Has(ConnectionFlags.VerdictDue))
            {
                AskVerdict(slot, connection);
            }

            PlanRead(connection, entry, Side.Client);
            PlanRead(connection, entry, Side.Server);
            _batchCount++;
        }
    }

    private void RunReads()
    {
        if (_readCount == 0)
        {
            return;
        }

        _kernel.Execute(new Span<Operation>(_reads, _readCount));
        for (int i = 0; i < _readCount; i++)
        {
            Operation* operation = _reads + i;
            BatchEntry* entry = _batch + (operation->Tag >> 1);
            JudgeRead(_connections[entry->Slot], entry, (Side)(operation->Tag & 1), operation);
        }
    }

    private void RunWrites()
    {
        for (int i = 0; i < _batchCount; i++)
        {
            BatchEntry* entry = _batch + i;
            Connection* connection = _connections[entry->Slot];
            PlanWrite(connection, entry, Side.Client);
            PlanWrite(connection, entry, Side.Server);
        }

        if (_writeCount == 0)
        {
            return;
        }

        _kernel.Execute(new Span<Operation>(_writes, _writeCount));
        for (int i = 0; i < _writeCount; i++)
        {
            Operation* operation = _writes + i;
            BatchEntry* entry = _batch + (operation->Tag >> 1);
            JudgeWrite(_connections[entry->Slot], entry, (Side)(operation->Tag & 1), operation);
        }
    }

    /// <summary>Gives back the blocks and pipes that the batch does not need any more; who has budget left goes on in this turn.</summary>
    private void CloseBatch()
    {
        for (int i = 0; i < _batchCount; i++)
        {
            BatchEntry* entry = _batch + i;
            Connection* connection = _connections[entry->Slot];
            Tidy(connection, entry, Side.Client);
            Tidy(connection, entry, Side.Server);
            if (GoesOn(connection, entry, Side.Client) | GoesOn(connection, entry, Side.Server))
            {
                Enqueue(entry->Slot, connection);
            }
        }
    }

    private bool GoesOn(Connection* connection, BatchEntry* entry, Side source)
    {
        if (!entry->Moved(source) || !Decisions.WantsRead(connection->Flags, source))
        {
            return false;
        }

        if (connection->Budget[(int)source] > 0)
        {
            return true;
        }

        _kernel.Mark(MarkId.BudgetSpent);
        NoteMuchMoved(connection, source);
        return false;
    }

    private void Touch(int slot, Connection* connection)
    {
        if (!connection->Flags.Has(ConnectionFlags.Touched))
        {
            connection->Flags |= ConnectionFlags.Touched;
            _touched.Add(slot);
        }
    }
}
