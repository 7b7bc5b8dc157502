using System;
using System.Numerics;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

internal sealed partial class Pipe
{
    /// <summary>readv(2) of the read end (anon_pipe_read).</summary>
    /// <returns>Bytes, 0 when nobody can write any more, or -EAGAIN.</returns>
    public int Read(Span<byte> first, Span<byte> second)
    {
        if (Count == 0)
        {
            return WriterClosed ? 0 : -Errno.Again;
        }

        int fromFirst = Math.Min(first.Length, Count);
        _bytes.Take(first[..fromFirst]);
        int fromSecond = Math.Min(second.Length, Count);
        _bytes.Take(second[..fromSecond]);
        Free(fromFirst + fromSecond, out bool wasFull);
        if (wasFull)
        {
            WriteEnd.Tell(Readiness.Out);
        }

        return fromFirst + fromSecond;
    }

    /// <summary>writev(2) of the write end (anon_pipe_write).</summary>
    /// <returns>Bytes, -EPIPE, or -EAGAIN.</returns>
    public int Write(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int length = first.Length + second.Length;
        if (ReaderClosed)
        {
            return -Errno.BrokenPipe;
        }

        int written = Merge(length % PageBytes);
        while (written < length && !IsFull)
        {
            int part = Math.Min(PageBytes, length - written);
            Add(new Slot { Length = part, Takes = PageBytes - part });
            written += part;
        }

        int fromFirst = Math.Min(first.Length, written);
        _bytes.Append(first[..fromFirst]);
        _bytes.Append(second[..(written - fromFirst)]);

        // Also when nothing was written: "Epoll nonsensically wants a wakeup" (fs/pipe.c).
        ReadEnd.Tell(Readiness.In);
        return written == 0 ? -Errno.Again : written;
    }

    /// <summary>splice(2) to another pipe (splice_pipe_to_pipe): slots change hands, the last one perhaps in part.</summary>
    /// <returns>Bytes, 0 when nobody can write here any more, -EINVAL for one and the same pipe, -EPIPE, or -EAGAIN.</returns>
    public int SpliceTo(Pipe other, int length)
    {
        if (ReferenceEquals(this, other))
        {
            return -Errno.Invalid;
        }

        if (Count == 0 && !WriterClosed)
        {
            return -Errno.Again;
        }

        if (other.ReaderClosed)
        {
            return -Errno.BrokenPipe;
        }

        if (other.IsFull)
        {
            return -Errno.Again;
        }

        int moved = 0;
        bool freed = false;
        while (moved < length && _usedSlots > 0 && !other.IsFull)
        {
            Slot first = SlotAt(0);
            int part = Math.Min(length - moved, first.Length);
            bool whole = part == first.Length;
            other.Add(new Slot { Length = part, Takes = whole ? first.Takes : 0 });
            _bytes.MoveTo(other._bytes, part);
            freed |= Free(part, out _);
            moved += part;
        }

        if (moved > 0)
        {
            other.ReadEnd.Tell(Readiness.None);
        }

        if (freed)
        {
            WriteEnd.Tell(Readiness.None);
        }

        return moved;
    }

    /// <summary>fcntl(2), F_SETPIPE_SZ.</summary>
    /// <returns>The new size in bytes, or -EBUSY when more slots are taken.</returns>
    public int Resize(int bytes)
    {
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)((bytes + PageBytes - 1) / PageBytes));
        if (slots < _usedSlots)
        {
            return -Busy;
        }

        // pipe_resize_ring: there may be more room for writers now, and they are told in any case.
        _capacity = slots;
        WriteEnd.Tell(Readiness.None);
        return slots * PageBytes;
    }

    // EBUSY: no call of a relay gives it.
    private const int Busy = 16;

    private int Merge(int bytes)
    {
        if (bytes == 0 || _usedSlots == 0)
        {
            return 0;
        }

        ref Slot last = ref SlotAt(_usedSlots - 1);
        if (last.Takes < bytes)
        {
            return 0;
        }

        last.Length += bytes;
        last.Takes -= bytes;
        return bytes;
    }
}
