using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lure.Analyzers;

namespace Lure.Core.Memory;

/// <summary>
/// Pipes through which bytes are spliced from socket to socket, found by number from 1 on, last in,
/// first out. Made when one is needed and none is free, kept when it is given back.
/// </summary>
/// <remarks>
/// A pipe belongs to one direction of one session from <see cref="Take"/> or <see cref="Add"/> to
/// <see cref="Return"/>, like a block. Only an empty one can be given back: the next session would
/// deliver what is left in it. A dirty one is discarded, and its number waits for another pipe.
/// </remarks>
[HotPath]
public unsafe struct PipePool
{
    private readonly Pipe* _pipes;
    private readonly int* _ready;
    private readonly int* _hollow;
    private int _readyCount;
    private int _hollowCount;
    private int _highWater;

    /// <param name="arena">Where it is kept track of them.</param>
    /// <param name="capacity">Pipes at most.</param>
    [ColdPath("takes its memory, once", perTurnMax: 0)]
    public PipePool(ref Arena arena, int capacity)
    {
        Capacity = capacity;
        _pipes = arena.Take<Pipe>(capacity + 1);
        _ready = arena.Take<int>(capacity);
        _hollow = arena.Take<int>(capacity);
    }

    public int Capacity { get; }

    /// <summary>Pipes that are open, whoever has them.</summary>
    public readonly int Open => _highWater - _hollowCount;

    /// <summary>Pipes that somebody has.</summary>
    public readonly int Used => Open - _readyCount;

    /// <summary>Pipes up to this number have been open at least once.</summary>
    public readonly int HighWater => _highWater;

    /// <summary>Another one may be made.</summary>
    public readonly bool HasRoom => Open < Capacity;

    /// <returns>An open and empty pipe that nobody has; 0 for none.</returns>
    /// <param name="owner">Slot and direction, never 0.</param>
    public int Take(int owner)
    {
        if (_readyCount == 0)
        {
            return 0;
        }

        int pipe = _ready[--_readyCount];
        Check.That(_pipes[pipe].Owner == 0, "a free pipe has no owner");
        _pipes[pipe].Owner = owner;
        return pipe;
    }

    /// <summary>Takes in a pipe that was just made, for an owner. There must be room.</summary>
    public int Add(int readEnd, int writeEnd, int owner)
    {
        Check.That(HasRoom, "no more pipes are made than may be");
        int pipe = _hollowCount > 0 ? _hollow[--_hollowCount] : ++_highWater;
        _pipes[pipe] = new Pipe
        {
            ReadEnd = readEnd,
            WriteEnd = writeEnd,
            Owner = owner,
        };
        return pipe;
    }

    public void Return(int pipe, int owner)
    {
        Pipe* entry = Owned(pipe, owner);
        Check.That(entry->Length == 0, "only an empty pipe is given back");
        entry->Owner = 0;
        _ready[_readyCount++] = pipe;
    }

    /// <summary>Forgets a pipe; its ends are the caller's to close.</summary>
    public void Discard(int pipe, int owner)
    {
        *Owned(pipe, owner) = default;
        _hollow[_hollowCount++] = pipe;
    }

    /// <summary>Bytes inside.</summary>
    public readonly int Length(int pipe, int owner) => Owned(pipe, owner)->Length;

    public readonly int ReadEnd(int pipe, int owner) => Owned(pipe, owner)->ReadEnd;

    public readonly int WriteEnd(int pipe, int owner) => Owned(pipe, owner)->WriteEnd;

    /// <summary>That many bytes were spliced in.</summary>
    public readonly void Append(int pipe, int owner, int count)
    {
        Check.That(count >= 0, "a splice brings no less than nothing");
        Owned(pipe, owner)->Length += count;
    }

    /// <summary>That many bytes were spliced out.</summary>
    public readonly void Consume(int pipe, int owner, int count)
    {
        Pipe* entry = Owned(pipe, owner);
        Check.That((uint)count <= (uint)entry->Length, "a splice leaves its pipe with no less than nothing");
        entry->Length -= count;
    }

    /// <summary>Whoever has a pipe, 0 for nobody.</summary>
    public readonly int OwnerOf(int pipe) => _pipes[pipe].Owner;

    /// <summary>For who looks on: both ends, 0 of a pipe that is not open.</summary>
    public readonly (int ReadEnd, int WriteEnd) EndsOf(int pipe) => (_pipes[pipe].ReadEnd, _pipes[pipe].WriteEnd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Pipe* Owned(int pipe, int owner)
    {
        Check.That((uint)(pipe - 1) < (uint)_highWater, "a pipe's number is in range");
        Pipe* entry = _pipes + pipe;
        Check.That(entry->Owner == owner, "a pipe is used by its owner");
        return entry;
    }

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct Pipe
    {
        public int ReadEnd;
        public int WriteEnd;
        public int Length;
        public int Owner;
    }
}
