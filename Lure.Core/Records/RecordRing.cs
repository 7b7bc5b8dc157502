using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Lure.Analyzers;
using Lure.Core.Memory;

namespace Lure.Core.Records;

/// <summary>
/// Records on their way from one loop to one reader: fixed size, in native memory, one producer and
/// one consumer. A full ring drops the new record and counts it: the loop never waits for a log.
/// </summary>
[HotPath]
public sealed unsafe class RecordRing
{
    private readonly LoopRecord* _slots;
    private readonly Header* _header;
    private readonly uint _mask;

    /// <param name="arena">Where the ring lives.</param>
    /// <param name="capacity">Records; a power of two.</param>
    [ColdPath("takes its memory, once", perTurnMax: 0)]
    public RecordRing(ref Arena arena, int capacity)
    {
        Check.That(capacity > 0 && (capacity & (capacity - 1)) == 0, "a ring's capacity is a power of two");
        _header = arena.Take<Header>(1);
        _slots = arena.Take<LoopRecord>(capacity);
        _mask = (uint)capacity - 1;
    }

    /// <summary>Records that found no room, since the start.</summary>
    public long Dropped => Volatile.Read(ref _header->Dropped);

    /// <summary>Producer: copies the record in.</summary>
    /// <returns>False when the ring was full; the loss is counted.</returns>
    public bool TryPublish(in LoopRecord record)
    {
        uint head = _header->Head;
        if (head - Volatile.Read(ref _header->Tail) > _mask)
        {
            Volatile.Write(ref _header->Dropped, _header->Dropped + 1);
            return false;
        }

        _slots[head & _mask] = record;
        Volatile.Write(ref _header->Head, head + 1);
        return true;
    }

    /// <summary>Producer: true once when the reader has gone to sleep, so that it is woken at most once for it.</summary>
    public bool TakeReaderAsleep()
    {
        // A full fence between publishing and looking, as there is one between announcing sleep and
        // looking for records: at least one of the two sees the other.
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _header->ReaderAsleep) != 0 && Interlocked.Exchange(ref _header->ReaderAsleep, 0) != 0;
    }

    /// <summary>Consumer: takes the oldest record.</summary>
    public bool TryTake(out LoopRecord record)
    {
        uint tail = _header->Tail;
        if (tail == Volatile.Read(ref _header->Head))
        {
            Unsafe.SkipInit(out record);
            return false;
        }

        record = _slots[tail & _mask];
        Volatile.Write(ref _header->Tail, tail + 1);
        return true;
    }

    /// <summary>Consumer: announces that it will sleep until it is woken.</summary>
    /// <returns>False when a record came in the meantime: do not sleep.</returns>
    public bool TryAnnounceSleep()
    {
        Interlocked.Exchange(ref _header->ReaderAsleep, 1);
        if (_header->Tail == Volatile.Read(ref _header->Head))
        {
            return true;
        }

        Interlocked.Exchange(ref _header->ReaderAsleep, 0);
        return false;
    }

    /// <summary>The two ends write to different lines.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Header
    {
        [FieldOffset(0)]
        public uint Head;

        [FieldOffset(8)]
        public long Dropped;

        [FieldOffset(64)]
        public uint Tail;

        [FieldOffset(128)]
        public int ReaderAsleep;
    }
}
