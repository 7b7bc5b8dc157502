using System;

namespace Lure.Sim.Sockets;

/// <summary>Bytes in order, in a ring that is lent while there are any.</summary>
internal sealed class ByteQueue(RingPool pool)
{
    private byte[] _ring = [];
    private int _start;

    public int Count { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        Reserve(bytes.Length);
        int end = Wrap(_start + Count);
        int untilWrap = Math.Min(bytes.Length, _ring.Length - end);
        bytes[..untilWrap].CopyTo(_ring.AsSpan(end));
        bytes[untilWrap..].CopyTo(_ring);
        Count += bytes.Length;
    }

    /// <summary>Takes as many bytes as the target holds; there must be that many.</summary>
    public void Take(Span<byte> target)
    {
        Copy(target);
        Skip(target.Length);
    }

    /// <summary>Like <see cref="Take"/>, and leaves them there.</summary>
    public void Copy(Span<byte> target)
    {
        int untilWrap = Math.Min(target.Length, _ring.Length - _start);
        _ring.AsSpan(_start, untilWrap).CopyTo(target);
        _ring.AsSpan(0, target.Length - untilWrap).CopyTo(target[untilWrap..]);
    }

    /// <summary>Copies from within; there must be that many bytes.</summary>
    public void CopyAt(int offset, Span<byte> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = _ring[Wrap(_start + offset + i)];
        }
    }

    /// <summary>Takes bytes off the front and appends them to another queue.</summary>
    public void MoveTo(ByteQueue other, int count)
    {
        int untilWrap = Math.Min(count, _ring.Length - _start);
        other.Append(_ring.AsSpan(_start, untilWrap));
        other.Append(_ring.AsSpan(0, count - untilWrap));
        Skip(count);
    }

    public void Clear()
    {
        if (_ring.Length > 0)
        {
            pool.Return(_ring);
        }

        _ring = [];
        _start = 0;
        Count = 0;
    }

    public void Skip(int count)
    {
        _start = Wrap(_start + count);
        Count -= count;
        if (Count == 0)
        {
            Clear();
        }
    }

    private void Reserve(int more)
    {
        int count = Count;
        if (count + more <= _ring.Length)
        {
            return;
        }

        byte[] larger = pool.Rent(count + more);
        int untilWrap = Math.Min(count, _ring.Length - _start);
        _ring.AsSpan(_start, untilWrap).CopyTo(larger);
        _ring.AsSpan(0, count - untilWrap).CopyTo(larger.AsSpan(untilWrap));
        Clear();
        _ring = larger;
        Count = count;
    }

    // The ring's size is a power of two.
    private int Wrap(int position) => position & (_ring.Length - 1);
}
