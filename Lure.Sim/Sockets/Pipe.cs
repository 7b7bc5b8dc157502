using System;
using System.Collections.Generic;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

/// <summary>
/// A pipe that splice fills: bytes in slots of up to a page. A slot is taken until its last byte is
/// gone, so a pipe can be full with few bytes in it.
/// </summary>
internal sealed class Pipe
{
    private const int PageBytes = 4096;

    private readonly Network _network;
    private readonly ByteQueue _bytes;
    private readonly Queue<int> _slots = new();
    private int _capacity;
    private int _drainedOfFirst;

    public Pipe(Network network)
    {
        _network = network;
        _bytes = new ByteQueue(network.Rings);
        ReadEnd = new PipeEnd(this, writes: false);
        WriteEnd = new PipeEnd(this, writes: true);
    }

    public PipeEnd ReadEnd { get; }

    public PipeEnd WriteEnd { get; }

    public int Count => _bytes.Count;

    public bool WriterClosed { get; private set; }

    public bool ReaderClosed { get; private set; }

    /// <summary>How many of that many bytes fit: each call begins a new slot.</summary>
    public int FreeFor(int bytes) => (int)Math.Min(bytes, (long)(_capacity - _slots.Count) * PageBytes);

    public void Fill(ByteQueue source, int count)
    {
        source.MoveTo(_bytes, count);
        for (int left = count; left > 0; left -= PageBytes)
        {
            _slots.Enqueue(Math.Min(left, PageBytes));
        }
    }

    public void Drain(ByteQueue target, int count)
    {
        _bytes.MoveTo(target, count);
        _drainedOfFirst += count;
        while (_slots.TryPeek(out int length) && _drainedOfFirst >= length)
        {
            _drainedOfFirst -= length;
            _slots.Dequeue();
        }
    }

    public Readiness PollReader()
    {
        Readiness data = Count > 0 ? Readiness.In : Readiness.None;
        return WriterClosed ? data | Readiness.HangUp : data;
    }

    public Readiness PollWriter()
    {
        Readiness space = FreeFor(1) > 0 ? Readiness.Out : Readiness.None;
        return ReaderClosed ? space | Readiness.Error : space;
    }

    public void CloseEnd(PipeEnd end)
    {
        if (end.Writes)
        {
            WriterClosed = true;
        }
        else
        {
            ReaderClosed = true;
        }

        if (WriterClosed && ReaderClosed)
        {
            Recycle();
        }
    }

    /// <summary>Nobody has an end of it: somebody else may have it.</summary>
    public void Recycle()
    {
        _bytes.Clear();
        _network.Recycle(this);
    }

    /// <summary>As new.</summary>
    public void Renew()
    {
        ReadEnd.DropWatchers();
        WriteEnd.DropWatchers();
        _bytes.Clear();
        _slots.Clear();
        (ReadEnd.References, WriteEnd.References, _drainedOfFirst) = (0, 0, 0);
        (WriterClosed, ReaderClosed) = (false, false);
        _capacity = _network.Options.PipeSlots;
    }
}
