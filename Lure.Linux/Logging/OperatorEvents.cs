using System;
using System.Collections.Immutable;
using System.Text;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Linux.Kernel.Batches;

namespace Lure.Linux.Logging;

/// <summary>Finds the words for the records that are about the relay and not about one session.</summary>
internal sealed class OperatorEvents(LogNames names)
{
    private const int WordsMax = 512;

    private readonly EncodedNames _listeners = new(names.Listeners, NameEncoding.OneWord);
    private readonly EncodedNames _backends = new(names.Backends, NameEncoding.OneWord);
    private readonly EncodedNames _servers = new(names.Servers, NameEncoding.OneWord);
    private readonly LineBuffer _message = new(MessageMax(names));

    /// <summary>Bytes of the longest sentence with these names: each occurs at most twice, encoded at most threefold from UTF-8.</summary>
    public static int MessageMax(LogNames names) =>
        WordsMax + (2 * (Longest(names.Listeners) + Longest(names.Backends) + Longest(names.Servers)));

    /// <param name="record">Of any kind but <see cref="RecordKind.SessionEnd"/>.</param>
    /// <param name="now">Monotonic ns, for a record that carries no time.</param>
    /// <param name="times">How often it happened since it was last told.</param>
    /// <returns>Valid until the next call.</returns>
    public OperatorEvent Describe(in LoopRecord record, long now, long times)
    {
        _message.Clear();
        return record.Kind switch
        {
            RecordKind.ServerEjected => ServerEjected(in record, now, times),
            RecordKind.AllEjected => AllEjected(in record, now, times),
            RecordKind.AcceptPaused => AcceptPaused(in record, now, times),
            RecordKind.SessionsFull => SessionsFull(in record, now, times),
            RecordKind.ListenerFailed => ListenerFailed(in record, now, times),
            _ => SelfCheckFailed(in record, now, times),
        };
    }

    /// <summary>Records that never became lines.</summary>
    /// <param name="records">How many since it was last told.</param>
    /// <param name="errno">Of a write that failed; 0 when none did.</param>
    /// <param name="now">Monotonic ns.</param>
    /// <returns>Valid until the next call.</returns>
    public OperatorEvent Dropped(long records, int errno, long now)
    {
        _message.Clear();
        _message.AddNumber(records);
        _message.Add(" records dropped: "u8);
        if (errno == 0)
        {
            _message.Add("whoever reads the log was slower than sessions ended, or stood still. "u8);
            _message.Add("Let it read faster, or set to = none in [log]"u8);
        }
        else
        {
            AddErrno("writing the log failed with "u8, errno);
            _message.Add(". Look at where stdout goes, or set to = none in [log]"u8);
        }

        return new OperatorEvent
        {
            Time = now,
            Name = "records_dropped"u8,
            Level = "warning"u8,
            Message = _message.Written,
            Listener = -1,
            Backend = -1,
            Server = -1,
            Errno = errno,
            Times = records,
        };
    }

    /// <summary>A worker has no ring, or no more.</summary>
    /// <param name="worker">Its number.</param>
    /// <param name="errno">Why.</param>
    /// <param name="now">Monotonic ns.</param>
    /// <returns>Valid until the next call.</returns>
    public OperatorEvent RingRefused(int worker, int errno, long now)
    {
        _message.Clear();
        _message.Add("worker "u8);
        _message.AddNumber(worker);
        _message.Add(" runs its batches by plain calls: "u8);
        _message.Add(Encoding.UTF8.GetBytes(RingRefusal.Explain(errno)));
        return new OperatorEvent
        {
            Time = now,
            Name = "io_uring_refused"u8,
            Level = "warning"u8,
            Message = _message.Written,
            Listener = -1,
            Backend = -1,
            Server = -1,
            Errno = errno,
            Times = 1,
        };
    }

    private static int Longest(ImmutableArray<string> texts) => new EncodedNames(texts, NameEncoding.OneWord).Longest;

    // The end of an ejection lies ahead; every other record ends when it happened.
    private static long TimeOf(in LoopRecord record, long now)
    {
        long happened =
            record.Kind == RecordKind.ServerEjected || record.EndedAt == 0 ? record.StartedAt : record.EndedAt;
        return happened != 0 ? happened : now;
    }

    private OperatorEvent ServerEjected(in LoopRecord record, long now, long times)
    {
        AddName("server "u8, _backends[record.Backend]);
        AddName("/"u8, _servers[record.Server]);
        _message.Add(" failed too often in a row"u8);
        AddErrno(", at last with "u8, record.ServerErrno);
        _message.Add(" and gets no sessions for a while. Look at the server and the network to it; "u8);
        AddName("eject in [backend."u8, _backends[record.Backend]);
        _message.Add("] sets after how many failures and for how long"u8);
        return Said("server_ejected"u8, "warning"u8, in record, now, times) with
        {
            Backend = record.Backend,
            Server = record.Server,
            Errno = record.ServerErrno,
            Until = record.EndedAt,
        };
    }

    private OperatorEvent AllEjected(in LoopRecord record, long now, long times)
    {
        AddName("every server of backend "u8, _backends[record.Backend]);
        _message.Add(" failed too often in a row, so all of them are tried again. "u8);
        AddName("Look at the servers and the network to them; eject in [backend."u8, _backends[record.Backend]);
        _message.Add("] sets when one is left out"u8);
        return Said("all_ejected"u8, "error"u8, in record, now, times) with { Backend = record.Backend };
    }

    private OperatorEvent AcceptPaused(in LoopRecord record, long now, long times)
    {
        AddName("listener "u8, _listeners[record.Listener]);
        AddErrno(": accept failed with "u8, record.ClientErrno);
        _message.Add(" and pauses, new clients wait in the backlog. "u8);
        _message.Add(
            record.ClientErrno switch
            {
                Errno.TooManyFiles =>
                    "The process is out of descriptors: raise LimitNOFILE (ulimit -n), or lower maxconn in [process]"u8,
                Errno.TooManySystemFiles =>
                    "The machine is out of descriptors: raise the sysctl fs.file-max, or lower maxconn in [process]"u8,
                Errno.NoBuffers or Errno.NoMemory =>
                    "The kernel is out of memory for sockets: lower maxconn in [process], or give the machine more"u8,
                _ => "It is tried again shortly; lower maxconn in [process] if it comes back"u8,
            }
        );
        return Said("accept_paused"u8, "error"u8, in record, now, times) with
        {
            Listener = record.Listener,
            Errno = record.ClientErrno,
        };
    }

    private OperatorEvent SessionsFull(in LoopRecord record, long now, long times)
    {
        _message.Add("the limit of sessions is reached, "u8);
        _message.AddNumber(record.ProcessSessions);
        _message.Add(" are open and new clients wait in the backlog. "u8);
        _message.Add("Raise maxconn in [process], and with it LimitNOFILE (ulimit -n)"u8);
        return Said("sessions_full"u8, "warning"u8, in record, now, times);
    }

    private OperatorEvent ListenerFailed(in LoopRecord record, long now, long times)
    {
        AddName("listener "u8, _listeners[record.Listener]);
        AddErrno(" failed for good with "u8, record.ClientErrno);
        AddName(
            ": it accepts nobody any more, open sessions go on. Restart lure, and look at [listen."u8,
            _listeners[record.Listener]
        );
        _message.Add("] if it happens again"u8);
        return Said("listener_failed"u8, "error"u8, in record, now, times) with
        {
            Listener = record.Listener,
            Errno = record.ClientErrno,
        };
    }

    private OperatorEvent SelfCheckFailed(in LoopRecord record, long now, long times)
    {
        _message.Add("session "u8);
        SessionFacts.AddId(_message, in record);
        _message.Add(" contradicted itself and was reset, flags 0x"u8);
        _message.AddHex(record.Flags);
        _message.Add(". This is a defect of lure and no setting cures it: please report this line"u8);
        return Said("self_check_failed"u8, "error"u8, in record, now, times) with
        {
            Listener = record.Listener,
            Backend = record.Backend,
            Server = record.Server,
        };
    }

    /// <summary>What was written, about nothing in particular yet.</summary>
    private OperatorEvent Said(
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> level,
        in LoopRecord record,
        long now,
        long times
    ) =>
        new()
        {
            Time = TimeOf(in record, now),
            Name = name,
            Level = level,
            Message = _message.Written,
            Listener = -1,
            Backend = -1,
            Server = -1,
            Times = times,
        };

    private void AddName(ReadOnlySpan<byte> before, byte[]? name)
    {
        _message.Add(before);
        _message.Add(name ?? "?"u8);
    }

    private void AddErrno(ReadOnlySpan<byte> before, int errno)
    {
        _message.Add(before);
        if (errno == 0)
        {
            _message.Add("an unknown error"u8);
            return;
        }

        SessionFacts.AddErrno(_message, errno);
    }
}
