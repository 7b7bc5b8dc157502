using System;
using Lure.Core.Records;

namespace Lure.Linux.Logging;

/// <summary>
/// <c>key=value</c> pairs; values with separators in them are quoted with the escapes of JSON. A
/// key whose value is unknown has an empty one, so that every session has the same keys.
/// </summary>
internal sealed class LogfmtFormat(LogNames names, WallClock clock) : LineFormat
{
    private readonly EncodedNames _listeners = new(names.Listeners, NameEncoding.LogfmtValue);
    private readonly EncodedNames _backends = new(names.Backends, NameEncoding.LogfmtValue);
    private readonly EncodedNames _servers = new(names.Servers, NameEncoding.LogfmtValue);
    private readonly TimestampText _timestamp = TimestampText.ForRfc3339();

    public override int LineMax =>
        FixedBytesMax
        + (2 * (_listeners.Longest + _backends.Longest + _servers.Longest))
        + (2 * OperatorEvents.MessageMax(names));

    public override void WriteSession(LineBuffer line, in LoopRecord record)
    {
        AddTime(line, "time="u8, record.StartedAt);
        line.Add(" event=session id="u8);
        SessionFacts.AddId(line, in record);
        line.Add(" client="u8);
        ClientText.WriteAddress(line, in record.Client);
        line.Add(" client_port="u8);
        if (ClientText.IsNetwork(in record.Client))
        {
            line.AddNumber(ClientText.Port(in record.Client));
        }

        Add(line, " listener="u8, _listeners[record.Listener]);
        Add(line, " backend="u8, _backends[record.Backend]);
        Add(line, " server="u8, _servers[record.Server]);
        line.Add(" code="u8);
        line.Add(SessionFacts.Letter(record.Who));
        line.Add(SessionFacts.Letter(record.State));
        Add(line, " tw="u8, SessionFacts.Waited(in record));
        Add(line, " tc="u8, SessionFacts.Connecting(in record));
        Add(line, " tt="u8, SessionFacts.Total(in record));
        Add(line, " bytes="u8, SessionFacts.Delivered(in record));
        AddCounts(line, in record);
        AddEnds(line, in record);
        AddErrno(line, " errno_c="u8, record.ClientErrno);
        AddErrno(line, " errno_s="u8, record.ServerErrno);
        line.Add((byte)'\n');
    }

    public override void WriteEvent(LineBuffer line, in OperatorEvent told)
    {
        AddTime(line, "time="u8, told.Time);
        Add(line, " event="u8, told.Name);
        Add(line, " level="u8, told.Level);
        if (_listeners[told.Listener] is { } listener)
        {
            Add(line, " listener="u8, listener);
        }

        if (_backends[told.Backend] is { } backend)
        {
            Add(line, " backend="u8, backend);
        }

        if (_servers[told.Server] is { } server)
        {
            Add(line, " server="u8, server);
        }

        AddErrno(line, " errno="u8, told.Errno);
        if (told.Until != 0)
        {
            AddTime(line, " until="u8, told.Until);
        }

        Add(line, " times="u8, told.Times);
        // Made of Lure's words and of names without quotes and controls: nothing in it to escape.
        Add(line, " msg=\""u8, told.Message);
        line.Add("\"\n"u8);
    }

    private static void AddCounts(LineBuffer line, in LoopRecord record)
    {
        Add(line, " actconn="u8, record.ProcessSessions);
        Add(line, " feconn="u8, record.ListenerSessions);
        Add(line, " beconn="u8, record.BackendSessions);
        Add(line, " srv_conn="u8, record.ServerSessions);
        Add(line, " retries="u8, record.Retries);
    }

    private static void AddEnds(LineBuffer line, in LoopRecord record)
    {
        Add(line, " c="u8, SessionFacts.Name(record.ClientEnd));
        Add(line, " s="u8, SessionFacts.Name(record.ServerEnd));
        Add(line, " first="u8, SessionFacts.First(in record));
        Add(line, " out_c="u8, SessionFacts.Name(record.ClientOut));
        Add(line, " out_s="u8, SessionFacts.Name(record.ServerOut));
        Add(line, " up="u8, record.Up);
        Add(line, " down="u8, record.Down);
        Add(line, " lost_up="u8, record.LostUp);
        Add(line, " lost_down="u8, record.LostDown);
    }

    private static void Add(LineBuffer line, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        line.Add(key);
        line.Add(value);
    }

    private static void Add(LineBuffer line, ReadOnlySpan<byte> key, long value)
    {
        line.Add(key);
        line.AddNumber(value);
    }

    private static void AddErrno(LineBuffer line, ReadOnlySpan<byte> key, int errno)
    {
        if (errno != 0)
        {
            line.Add(key);
            SessionFacts.AddErrno(line, errno);
        }
    }

    private void AddTime(LineBuffer line, ReadOnlySpan<byte> key, long monotonic)
    {
        line.Add(key);
        _timestamp.Write(line, clock.ToUnix(monotonic));
    }
}
