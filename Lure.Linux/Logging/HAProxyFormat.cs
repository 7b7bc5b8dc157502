using System;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Linux.Logging;

/// <summary>
/// HAProxy's <c>option tcplog</c>, field by field (configuration manual, 8.2.2), and behind it what
/// HAProxy does not say, as <c>key=value</c>. Programs that split the old line at its spaces find
/// every field where it was.
/// </summary>
internal sealed class HAProxyFormat(LogNames names, WallClock clock) : LineFormat
{
    private readonly EncodedNames _listeners = new(names.Listeners, NameEncoding.OneWord);
    private readonly EncodedNames _backends = new(names.Backends, NameEncoding.OneWord);
    private readonly EncodedNames _servers = new(names.Servers, NameEncoding.OneWord);
    private readonly TimestampText _timestamp = TimestampText.ForHAProxy();

    public override int LineMax =>
        FixedBytesMax
        + (4 * (_listeners.Longest + _backends.Longest + _servers.Longest))
        + OperatorEvents.MessageMax(names);

    public override void WriteSession(LineBuffer line, in LoopRecord record)
    {
        AddClient(line, in record);
        AddTime(line, record.StartedAt);
        line.Add((byte)' ');
        AddPlace(line, in record);
        line.Add((byte)' ');
        line.AddNumber(SessionFacts.Waited(in record));
        line.Add((byte)'/');
        line.AddNumber(SessionFacts.Connecting(in record));
        line.Add((byte)'/');
        line.AddNumber(SessionFacts.Total(in record));
        line.Add((byte)' ');
        line.AddNumber(SessionFacts.Delivered(in record));
        line.Add((byte)' ');
        line.Add(SessionFacts.Letter(record.Who));
        line.Add(SessionFacts.Letter(record.State));
        line.Add((byte)' ');
        AddSessions(line, in record);
        // Lure has no queues: a server that is full is passed over.
        line.Add(" 0/0 id="u8);
        SessionFacts.AddId(line, in record);
        AddEnds(line, in record);
        AddBytes(line, in record);
        AddErrno(line, " errno_c="u8, record.ClientErrno);
        AddErrno(line, " errno_s="u8, record.ServerErrno);
        line.Add((byte)'\n');
    }

    public override void WriteEvent(LineBuffer line, in OperatorEvent told)
    {
        // The time is not the second field, so that halog passes over this line as over HAProxy's
        // own messages, and does not take a word of it for a server.
        line.Add("lure: "u8);
        line.Add(told.Level);
        line.Add((byte)' ');
        line.Add(told.Name);
        AddTime(line, told.Time);
        line.Add((byte)' ');
        line.Add(told.Message);
        if (told.Times > 1)
        {
            line.Add(" times="u8);
            line.AddNumber(told.Times);
        }

        line.Add((byte)'\n');
    }

    private static void AddClient(LineBuffer line, in LoopRecord record)
    {
        ClientText.WriteAddress(line, in record.Client);
        line.Add((byte)':');
        if (ClientText.IsNetwork(in record.Client))
        {
            line.AddNumber(ClientText.Port(in record.Client));
        }
        else if (record.Client.Family == SocketAddress.FamilyUnix)
        {
            // As HAProxy: the listener's number, from 1, stands where a port would.
            line.AddNumber(record.Listener + 1L);
        }
        else
        {
            line.Add((byte)'0');
        }
    }

    private static void AddSessions(LineBuffer line, in LoopRecord record)
    {
        line.AddNumber(record.ProcessSessions);
        line.Add((byte)'/');
        line.AddNumber(record.ListenerSessions);
        line.Add((byte)'/');
        line.AddNumber(record.BackendSessions);
        line.Add((byte)'/');
        line.AddNumber(record.ServerSessions);
        line.Add((byte)'/');
        if (record.Retries > 0)
        {
            // A retry always goes to another server: HAProxy's sign for a redispatch.
            line.Add((byte)'+');
        }

        line.AddNumber(record.Retries);
    }

    private static void AddEnds(LineBuffer line, in LoopRecord record)
    {
        bool serverFirst = SessionFacts.ServerFirst(in record);
        line.Add(serverFirst ? " s="u8 : " c="u8);
        line.Add(SessionFacts.Name(serverFirst ? record.ServerEnd : record.ClientEnd));
        line.Add(serverFirst ? " c="u8 : " s="u8);
        line.Add(SessionFacts.Name(serverFirst ? record.ClientEnd : record.ServerEnd));
        line.Add(" out_c="u8);
        line.Add(SessionFacts.Name(record.ClientOut));
        line.Add(" out_s="u8);
        line.Add(SessionFacts.Name(record.ServerOut));
    }

    private static void AddBytes(LineBuffer line, in LoopRecord record)
    {
        line.Add(" up="u8);
        line.AddNumber(record.Up);
        line.Add(" down="u8);
        line.AddNumber(record.Down);
        line.Add(" lost_up="u8);
        line.AddNumber(record.LostUp);
        line.Add(" lost_down="u8);
        line.AddNumber(record.LostDown);
    }

    private static void AddErrno(LineBuffer line, ReadOnlySpan<byte> key, int errno)
    {
        if (errno != 0)
        {
            line.Add(key);
            SessionFacts.AddErrno(line, errno);
        }
    }

    private void AddTime(LineBuffer line, long monotonic)
    {
        line.Add(" ["u8);
        _timestamp.Write(line, clock.ToUnix(monotonic));
        line.Add((byte)']');
    }

    private void AddPlace(LineBuffer line, in LoopRecord record)
    {
        byte[]? listener = _listeners[record.Listener];
        line.Add(listener ?? "-"u8);
        line.Add((byte)' ');
        // As HAProxy: a session that got no backend is logged under its listener's name.
        line.Add(_backends[record.Backend] ?? listener ?? "-"u8);
        line.Add((byte)'/');
        line.Add(_servers[record.Server] ?? "<NOSRV>"u8);
    }
}
