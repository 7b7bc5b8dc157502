using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Core.Loop;

/// <content>What leaves the loop: records, through a ring that never makes it wait.</content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    private void Publish(in LoopRecord record)
    {
        _recordsPublished = true;
        if (!_records.TryPublish(record))
        {
            _kernel.Mark(MarkId.RecordDropped);
        }
    }

    private void Publish(RecordKind kind, int listener, int errno)
    {
        LoopRecord record = Blank(kind);
        record.Listener = listener;
        record.ClientErrno = errno;
        Publish(record);
    }

    /// <param name="kind">What happened.</param>
    /// <param name="backend">To which backend.</param>
    /// <param name="server">To which of the process's servers; -1 for all of the backend.</param>
    /// <param name="until">ns: when it is over.</param>
    /// <param name="errno">What it failed with at last; 0 for nothing.</param>
    private void PublishServer(RecordKind kind, int backend, int server, long until, int errno)
    {
        LoopRecord record = Blank(kind);
        record.ServerErrno = errno;
        record.Backend = backend;
        record.Server = server;
        record.EndedAt = until;
        Publish(record);
    }

    private void PublishFlags(int slot, Connection* connection)
    {
        LoopRecord record = Blank(RecordKind.SelfCheckFailed);
        record.Id = connection->Id;
        record.Flags = (ulong)connection->Flags;
        record.Listener = _connections.Details(slot)->Listener;
        Publish(record);
    }

    private LoopRecord Blank(RecordKind kind) =>
        new()
        {
            Kind = kind,
            StartedAt = _now,
            EndedAt = _now,
            Listener = -1,
            Backend = -1,
            Server = -1,
            ProcessSessions = _shared.Sessions,
            Worker = (byte)_options.Worker,
        };
}
