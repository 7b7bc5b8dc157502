using System;
using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Lure.Linux.Logging;

/// <summary>
/// Lines on their way out: one array for the life of the log, pinned because write(2) is given its
/// address. It does not grow: whoever fills it makes room for a whole line first.
/// </summary>
internal sealed class LineBuffer(int capacity) : IBufferWriter<byte>
{
    private readonly byte[] _bytes = GC.AllocateArray<byte>(capacity, pinned: true);
    private int _used;

    public int Room => _bytes.Length - _used;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _used);

    public void Clear() => _used = 0;

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_used));
        _used += text.Length;
    }

    public void Add(byte character) => _bytes[_used++] = character;

    /// <summary>In decimal. No overload of Add: a count that is a byte would become a character.</summary>
    public void AddNumber(long number) => Advance(Format(number, default));

    /// <summary>Lower-case hexadecimal without leading zeros.</summary>
    public void AddHex(ulong number)
    {
        Require(Utf8Formatter.TryFormat(number, _bytes.AsSpan(_used), out int length, new StandardFormat('x')));
        Advance(length);
    }

    /// <summary>At least <paramref name="digits"/> digits, filled with zeros.</summary>
    public void AddPadded(long number, byte digits) => Advance(Format(number, new StandardFormat('D', digits)));

    public void Advance(int count) => _used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Require(sizeHint <= Room);
        return _bytes.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Require(sizeHint <= Room);
        return _bytes.AsSpan(_used);
    }

    private int Format(long number, StandardFormat format)
    {
        Require(Utf8Formatter.TryFormat(number, _bytes.AsSpan(_used), out int length, format));
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Require(bool fits)
    {
        if (!fits)
        {
            throw new InvalidOperationException("a log line is longer than the bound its format states");
        }
    }
}
