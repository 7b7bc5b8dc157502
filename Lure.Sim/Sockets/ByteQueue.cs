using System;

namespace Lure.Sim.Sockets;

/// <summary>Bytes in order. Grows to what was needed once and keeps it, so a warm queue allocates nothing.</summary>
internal sealed class ByteQueue
{
    private const int FirstSize = 256;

    private byte[] _ring = [];
    private int _start;

    public int Count { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
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
        int untilWrap = Math.Min(target.Length, _ring.Length - _start);
        _ring.AsSpan(_start, untilWrap).CopyTo(target);
        _ring.AsSpan(0, target.Length - untilWrap).CopyTo(target[untilWrap..]);
        Skip(target.Length);
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
        _start = 0;
        Count = 0;
    }

    private void Skip(int count)
    {
        _start = Wrap(_start + count);
        Count -= count;
    }

    private void Reserve(int more)
    {
        if (Count + more <= _ring.Length)
        {
            return;
        }

        int size = Math.Max(FirstSize, _ring.Length);
        while (size < Count + more)
        {
            size *= 2;
        }

        byte[] larger = new byte[size];
        int count = Count;
        Take(larger.AsSpan(0, count));
        _ring = larger;
        _start = 0;
        Count = count;
    }

    // The ring's size is a power of two.
    private int Wrap(int position) => position & (_ring.Length - 1);
}
