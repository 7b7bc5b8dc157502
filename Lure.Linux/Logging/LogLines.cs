using System;
using Lure.Core.Records;
using Lure.Linux.Configuration;

namespace Lure.Linux.Logging;

/// <summary>Records in, text out: sessions at once, repeated events as often as is bearable.</summary>
internal sealed class LogLines : IDisposable
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const int SessionsFullSubject = 0;
    private const int LossSubject = 1;
    private const int FirstListenerSubject = 2;

    private readonly WallClock _clock;
    private readonly LineFormat _format;
    private readonly OperatorEvents _events;
    private readonly RepeatGate _gate;
    private readonly LineBuffer _text;
    private readonly int _lineMax;
    private readonly int _listeners;
    private readonly int _backends;
    private long _lossSeen;

    /// <param name="format">How lines look.</param>
    /// <param name="names">What the numbers in a record are called.</param>
    /// <param name="time">Its timestamp is the clock of the records.</param>
    /// <param name="bytes">Text to gather before it is <see cref="Full"/>.</param>
    public LogLines(LogFormat format, LogNames names, TimeProvider time, int bytes)
    {
        _clock = new WallClock(time);
        _format = LineFormat.Create(format, names, _clock);
        _events = new OperatorEvents(names);
        _listeners = names.Listeners.Length;
        _backends = names.Backends.Length;
        _gate = new RepeatGate(FirstListenerSubject + _listeners + _backends);
        _lineMax = _format.LineMax;
        _text = new LineBuffer(bytes + _lineMax);
    }

    public ReadOnlySpan<byte> Text => _text.Written;

    /// <summary>True when another line might not fit.</summary>
    public bool Full => _text.Room < _lineMax;

    public void Clear() => _text.Clear();

    /// <summary>Adds the line of a record; that of a repeated event comes with <see cref="AddDueEvent"/>.</summary>
    public void Add(in LoopRecord record)
    {
        if (record.Kind == RecordKind.SessionEnd)
        {
            _ = _clock.Now();
            _format.WriteSession(_text, in record);
            return;
        }

        long now = _clock.Now();
        int subject = SubjectOf(in record);
        if (subject >= 0)
        {
            _gate.Add(subject, in record, now);
            return;
        }

        _format.WriteEvent(_text, _events.Describe(in record, now, times: 1));
    }

    /// <summary>Takes note of records that never became lines.</summary>
    /// <param name="loss">All of them, since the start.</param>
    /// <param name="errno">Of a write that failed; 0 when they only found no room.</param>
    public void AddLoss(long loss, int errno)
    {
        if (loss > _lossSeen)
        {
            LoopRecord cause = new() { ServerErrno = errno };
            _gate.Add(LossSubject, in cause, _clock.Now(), loss - _lossSeen);
            _lossSeen = loss;
        }
    }

    /// <summary>Adds the line of a worker that has no ring, or no more.</summary>
    public void AddRingRefused(int worker, int errno) =>
        _format.WriteEvent(_text, _events.RingRefused(worker, errno, _clock.Now()));

    /// <summary>Adds the line of one repeated event whose turn has come.</summary>
    /// <param name="everything">Also what should wait: nothing comes after this.</param>
    /// <returns>False when there was none.</returns>
    public bool AddDueEvent(bool everything)
    {
        long now = _clock.Now();
        if (!_gate.TryTake(everything ? long.MaxValue : now, out int subject, out LoopRecord record, out long times))
        {
            return false;
        }

        _format.WriteEvent(
            _text,
            subject == LossSubject
                ? _events.Dropped(times, record.ServerErrno, now)
                : _events.Describe(in record, now, times)
        );
        return true;
    }

    /// <returns>ms until <see cref="AddDueEvent"/> has something; -1 when it never will.</returns>
    public int MillisecondsToNextEvent()
    {
        long due = _gate.NextDue;
        return due == long.MaxValue
            ? -1
            : (int)Math.Clamp(((due - _clock.Now()) / NanosecondsPerMillisecond) + 1, 1, int.MaxValue);
    }

    public void Dispose() => (_format as IDisposable)?.Dispose();

    private int SubjectOf(in LoopRecord record) =>
        record.Kind switch
        {
            RecordKind.SessionsFull => SessionsFullSubject,
            RecordKind.AcceptPaused when (uint)record.Listener < (uint)_listeners => FirstListenerSubject
                + record.Listener,
            RecordKind.AllEjected when (uint)record.Backend < (uint)_backends => FirstListenerSubject
                + _listeners
                + record.Backend,
            _ => -1,
        };
}
