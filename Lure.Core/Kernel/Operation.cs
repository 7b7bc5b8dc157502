using System.Runtime.InteropServices;
using Lure.Analyzers;

namespace Lure.Core.Kernel;

/// <summary>What an <see cref="Operation"/> does.</summary>
public enum OperationKind
{
    /// <summary>recv(2), or readv(2) with two vectors.</summary>
    Receive,

    /// <summary>send(2) without SIGPIPE, or writev(2) with two vectors.</summary>
    Send,

    /// <summary>splice(2), non-blocking, of up to <see cref="IoVector.Length"/> bytes to <see cref="Operation.Target"/>.</summary>
    Splice,
}

/// <summary>A piece of memory, laid out as struct iovec (readv(2)).</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct IoVector
{
    public byte* Base;

    /// <summary>Bytes.</summary>
    public nuint Length;
}

/// <summary>
/// One entry of a batch: one cache line, vectors inside, so that a batch is one run of memory that
/// is filled, executed and judged front to back.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public struct Operation
{
    public OperationKind Kind;

    /// <summary>The socket (or pipe) read from or written to.</summary>
    public int Fd;

    /// <summary>The descriptor a splice writes to; unused otherwise.</summary>
    public int Target;

    /// <summary>1 or 2: how many of the vectors count.</summary>
    public int Vectors;

    public IoVector First;
    public IoVector Second;

    /// <summary>Bytes, of all vectors that count.</summary>
    [HotPath]
    public readonly nuint Asked => First.Length + (Vectors == 2 ? Second.Length : 0);

    /// <summary>Filled by the kernel: bytes moved, 0 for the end of a stream that was read, or minus errno.</summary>
    public int Result;

    /// <summary>The loop's own: where in its batch this operation came from. The kernel leaves it alone.</summary>
    public int Tag;
}
