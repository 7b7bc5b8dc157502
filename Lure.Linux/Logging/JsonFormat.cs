using System;
using System.Text;
using System.Text.Json;
using Lure.Core.Records;

namespace Lure.Linux.Logging;

/// <summary>
/// One JSON object a line, with the same keys in every session; null for what there was none of.
/// Counts are JSON numbers also beyond 2^53, where a reader in doubles rounds.
/// </summary>
internal sealed class JsonFormat : LineFormat, IDisposable
{
    private readonly EncodedNames _listeners;
    private readonly EncodedNames _backends;
    private readonly EncodedNames _servers;
    private readonly LogNames _names;
    private readonly WallClock _clock;
    private readonly TimestampText _timestamp = TimestampText.ForRfc3339();
    private readonly LineBuffer _scratch = new(256);
    private readonly Utf8JsonWriter _json;

    public JsonFormat(LogNames names, WallClock clock)
    {
        _names = names;
        _clock = clock;
        _listeners = new(names.Listeners, Encoding.UTF8.GetBytes);
        _backends = new(names.Backends, Encoding.UTF8.GetBytes);
        _servers = new(names.Servers, Encoding.UTF8.GetBytes);
        _json = new Utf8JsonWriter(_scratch, new JsonWriterOptions { Encoder = NameEncoding.Relaxed });
    }

    // A control character becomes six.
    public override int LineMax =>
        FixedBytesMax
        + (6 * (_listeners.Longest + _backends.Longest + _servers.Longest + OperatorEvents.MessageMax(_names)));

    public void Dispose() => _json.Dispose();

    public override void WriteSession(LineBuffer line, in LoopRecord record)
    {
        _json.Reset(line);
        _json.WriteStartObject();
        WriteTime("time"u8, record.StartedAt);
        _json.WriteString("event"u8, "session"u8);
        _scratch.Clear();
        SessionFacts.AddId(_scratch, in record);
        _json.WriteString("id"u8, _scratch.Written);
        WriteClient(in record);
        WriteName("listener"u8, _listeners[record.Listener]);
        WriteName("backend"u8, _backends[record.Backend]);
        WriteName("server"u8, _servers[record.Server]);
        _json.WriteString("code"u8, [SessionFacts.Letter(record.Who), SessionFacts.Letter(record.State)]);
        _json.WriteNumber("tw"u8, SessionFacts.Waited(in record));
        _json.WriteNumber("tc"u8, SessionFacts.Connecting(in record));
        _json.WriteNumber("tt"u8, SessionFacts.Total(in record));
        _json.WriteNumber("bytes"u8, SessionFacts.Delivered(in record));
        WriteCounts(in record);
        WriteEnds(in record);
        WriteErrno("errno_c"u8, record.ClientErrno);
        WriteErrno("errno_s"u8, record.ServerErrno);
        End(line);
    }

    public override void WriteEvent(LineBuffer line, in OperatorEvent told)
    {
        _json.Reset(line);
        _json.WriteStartObject();
        WriteTime("time"u8, told.Time);
        _json.WriteString("event"u8, told.Name);
        _json.WriteString("level"u8, told.Level);
        WriteName("listener"u8, _listeners[told.Listener]);
        WriteName("backend"u8, _backends[told.Backend]);
        WriteName("server"u8, _servers[told.Server]);
        WriteErrno("errno"u8, told.Errno);
        if (told.Until != 0)
        {
            WriteTime("until"u8, told.Until);
        }

        _json.WriteNumber("times"u8, told.Times);
        _json.WriteString("msg"u8, told.Message);
        End(line);
    }

    private void WriteClient(in LoopRecord record)
    {
        _scratch.Clear();
        ClientText.WriteAddress(_scratch, in record.Client);
        _json.WriteString("client"u8, _scratch.Written);
        if (ClientText.IsNetwork(in record.Client))
        {
            _json.WriteNumber("client_port"u8, (int)ClientText.Port(in record.Client));
        }
        else
        {
            _json.WriteNull("client_port"u8);
        }
    }

    private void WriteCounts(in LoopRecord record)
    {
        _json.WriteNumber("actconn"u8, record.ProcessSessions);
        _json.WriteNumber("feconn"u8, record.ListenerSessions);
        _json.WriteNumber("beconn"u8, record.BackendSessions);
        _json.WriteNumber("srv_conn"u8, record.ServerSessions);
        _json.WriteNumber("retries"u8, (int)record.Retries);
    }

    private void WriteEnds(in LoopRecord record)
    {
        _json.WriteString("c"u8, SessionFacts.Name(record.ClientEnd));
        _json.WriteString("s"u8, SessionFacts.Name(record.ServerEnd));
        _json.WriteString("first"u8, SessionFacts.First(in record));
        _json.WriteString("out_c"u8, SessionFacts.Name(record.ClientOut));
        _json.WriteString("out_s"u8, SessionFacts.Name(record.ServerOut));
        _json.WriteNumber("up"u8, record.Up);
        _json.WriteNumber("down"u8, record.Down);
        _json.WriteNumber("lost_up"u8, record.LostUp);
        _json.WriteNumber("lost_down"u8, record.LostDown);
    }

    private void WriteTime(ReadOnlySpan<byte> key, long monotonic)
    {
        _scratch.Clear();
        _timestamp.Write(_scratch, _clock.ToUnix(monotonic));
        _json.WriteString(key, _scratch.Written);
    }

    private void WriteName(ReadOnlySpan<byte> key, byte[]? name)
    {
        if (name is null)
        {
            _json.WriteNull(key);
            return;
        }

        _json.WriteString(key, name);
    }

    private void WriteErrno(ReadOnlySpan<byte> key, int errno)
    {
        if (errno == 0)
        {
            _json.WriteNull(key);
            return;
        }

        _scratch.Clear();
        SessionFacts.AddErrno(_scratch, errno);
        _json.WriteString(key, _scratch.Written);
    }

    private void End(LineBuffer line)
    {
        _json.WriteEndObject();
        _json.Flush();
        line.Add((byte)'\n');
    }
}
