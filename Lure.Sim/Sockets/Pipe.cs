using System;
using System.Collections.Generic;

namespace Lure.Sim.Sockets;

/// <summary>
/// A pipe that splice fills: bytes in slots of up to a page. A slot is taken until its last byte is
/// gone, so a pipe can be full with few bytes in it.
/// </summary>
internal sealed class Pipe(int slots, RingPool rings)
{
    private const int PageBytes = 4096;

    private readonly ByteQueue _bytes = new(rings);
    private readonly Queue<int> _slots = new(slots);
    private int _drainedOfFirst;

    public int Count => _bytes.Count;

    public bool WriterClosed { get; set; }

    public bool ReaderClosed { get; set; }

    /// <summary>How many of that many bytes fit: each call begins a new slot.</summary>
    public int FreeFor(int bytes) => (int)Math.Min(bytes, (long)(slots - _slots.Count) * PageBytes);

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
}
