using System;
using Lure.Core.Kernel;
using Lure.Sim.Exhaustive;

namespace Lure.Sim.Sockets;

/// <summary>
/// A pipe (fs/pipe.c, fs/splice.c): bytes in slots of up to a page. A slot is taken until its last
/// byte is gone, so a pipe can be full with few bytes in it; what was written joins the last slot if
/// it fits, what was spliced never does.
/// </summary>
internal sealed partial class Pipe
{
    private const int PageBytes = 4096;

    private readonly Network _network;
    private readonly ByteQueue _bytes;
    private Slot[] _slots = new Slot[16];
    private int _firstSlot;
    private int _usedSlots;
    private int _capacity;

    /// <summary>A slot became free, and the writer was not told yet.</summary>
    private bool _freed;

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

    private bool IsFull => _usedSlots >= _capacity;

    /// <summary>How many of that many bytes fit: each splice begins a new slot.</summary>
    public int FreeFor(int bytes) => (int)Math.Min(bytes, (long)(_capacity - _usedSlots) * PageBytes);

    /// <summary>Copies the first bytes, and leaves them there; there must be that many.</summary>
    public void Copy(Span<byte> target) => _bytes.Copy(target);

    /// <summary>Moves bytes of a socket in; there must be room. The reader is told last (<see cref="TellReader"/>).</summary>
    public void Fill(ByteQueue source, int count)
    {
        source.MoveTo(_bytes, count);
        for (int left = count; left > 0; left -= PageBytes)
        {
            Add(new Slot { Length = Math.Min(left, PageBytes), Takes = 0 });
        }
    }

    /// <summary>Bytes were moved in; whoever has room by it knows already (splice_file_to_pipe).</summary>
    public void TellReader() => ReadEnd.Tell(Readiness.None);

    /// <summary>Moves bytes out to a socket; there must be that many. The writer is told last (<see cref="TellWriter"/>).</summary>
    public void Drain(ByteQueue target, int count)
    {
        _bytes.MoveTo(target, count);
        _freed |= Free(count, out _);
    }

    /// <summary>Bytes were moved out, and their receiver knows already (splice_to_socket).</summary>
    public void TellWriter()
    {
        if (_freed)
        {
            _freed = false;
            WriteEnd.Tell(Readiness.None);
        }
    }

    public Readiness PollReader()
    {
        Readiness data = Count > 0 ? Readiness.In : Readiness.None;
        return WriterClosed ? data | Readiness.HangUp : data;
    }

    public Readiness PollWriter()
    {
        Readiness space = IsFull ? Readiness.None : Readiness.Out;
        return ReaderClosed ? space | Readiness.Error : space;
    }

    public void CloseEnd(PipeEnd end)
    {
        WriterClosed |= end.Writes;
        ReaderClosed |= !end.Writes;
        if (WriterClosed && ReaderClosed)
        {
            Recycle();
            return;
        }

        ReadEnd.Tell(Readiness.None);
        WriteEnd.Tell(Readiness.None);
    }

    /// <summary>Nobody has an end of it: somebody else may have it.</summary>
    public void Recycle()
    {
        _bytes.Clear();
        _network.Recycle(this);
    }

    public void AddTo(ref StateHash hash)
    {
        hash.Add((long)Count);
        hash.Add((long)_usedSlots);
        hash.Add(_usedSlots > 0 ? (long)SlotAt(0).Length : 0);
    }

    /// <summary>As new.</summary>
    public void Renew()
    {
        ReadEnd.DropWatchers();
        WriteEnd.DropWatchers();
        _bytes.Clear();
        (ReadEnd.References, WriteEnd.References) = (0, 0);
        (_firstSlot, _usedSlots, _freed) = (0, 0, false);
        (WriterClosed, ReaderClosed) = (false, false);
        _capacity = _network.Options.PipeSlots;
    }

    private void Add(Slot slot)
    {
        if (_usedSlots == _slots.Length)
        {
            Slot[] larger = new Slot[_slots.Length * 2];
            for (int i = 0; i < _usedSlots; i++)
            {
                larger[i] = SlotAt(i);
            }

            (_slots, _firstSlot) = (larger, 0);
        }

        _usedSlots++;
        SlotAt(_usedSlots - 1) = slot;
    }

    private ref Slot SlotAt(int index) => ref _slots[(_firstSlot + index) & (_slots.Length - 1)];

    /// <returns>Whether a slot became free.</returns>
    private bool Free(int bytes, out bool wasFull)
    {
        bool freed = false;
        wasFull = false;
        while (bytes > 0)
        {
            ref Slot first = ref SlotAt(0);
            int part = Math.Min(bytes, first.Length);
            first.Length -= part;
            bytes -= part;
            if (first.Length == 0)
            {
                wasFull |= IsFull;
                freed = true;
                _firstSlot = (_firstSlot + 1) & (_slots.Length - 1);
                _usedSlots--;
            }
        }

        return freed;
    }

    private struct Slot
    {
        /// <summary>Bytes that are still in it.</summary>
        public int Length;

        /// <summary>Bytes that may be written behind them (PIPE_BUF_FLAG_CAN_MERGE).</summary>
        public int Takes;
    }
}
