using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Lure.Linux.Kernel;
using Lure.Linux.Kernel.Batches;

namespace Lure.Linux.Tests.Kernel.Batches;

/// <summary>What the kernel does when it is entered.</summary>
/// <param name="Take">Entries it takes at most.</param>
/// <param name="Complete">Of those begun and not complete, how many it completes, the newest first.</param>
/// <param name="Error">errno that it returns instead of the number of entries; 0 for none.</param>
internal sealed record Entering(int Take = int.MaxValue, int Complete = int.MaxValue, int Error = 0);

/// <summary>
/// The kernel's side of a ring, played by a test: what was begun is complete when the test says so,
/// cancels included. A receive or send answers with its length.
/// </summary>
internal sealed unsafe class ScriptedRing : IDisposable
{
    private const uint Size = 8;
    private const int CompletionSize = 16;

    private readonly byte* _memory = (byte*)NativeMemory.AllocZeroed(4096);
    private readonly Queue<Entering> _script = [];
    private readonly List<RingEntry> _begun = [];

    public ScriptedRing()
    {
        uint* ends = (uint*)_memory;
        Queues = new RingQueues
        {
            EntryHead = ends,
            EntryTail = ends + 1,
            CompletionHead = ends + 2,
            CompletionTail = ends + 3,
            EntryCount = Size,
            CompletionMask = CompletionSize - 1,
            Entries = (RingEntry*)(_memory + 64),
            Completions = (RingCompletion*)(_memory + 64 + (Size * sizeof(RingEntry))),
        };
        Messages = (MessageHeader*)(_memory + 2048);
        // Near their wrap, so that it is met in each test.
        ends[0] = ends[1] = ends[2] = ends[3] = uint.MaxValue - 2;
    }

    public RingQueues Queues { get; }

    public MessageHeader* Messages { get; }

    /// <summary>Entries that were taken, in their order.</summary>
    public List<RingEntry> Taken { get; } = [];

    /// <summary>How often it was entered.</summary>
    public int Enters { get; private set; }

    /// <summary>Entries that have begun and not ended.</summary>
    public int Running => _begun.Count;

    /// <summary>Answers that nobody has taken.</summary>
    public uint AnswersLeft => *Queues.CompletionTail - *Queues.CompletionHead;

    /// <summary>What it does when nothing else is played.</summary>
    public Entering Otherwise { get; set; } = new();

    /// <summary>What a cancel answers: with 0 it ends what it names.</summary>
    public int CancelError { get; set; }

    /// <summary>Answers say that more follow, and the operation goes on.</summary>
    public bool More { get; set; }

    /// <summary>Each answer comes twice.</summary>
    public bool Twice { get; set; }

    /// <summary>The next times it is entered; after them it does all it should.</summary>
    public void Play(params Entering[] script) => Array.ForEach(script, _script.Enqueue);

    /// <summary>Completes what has begun, as if at an interrupt.</summary>
    public void Complete(ulong name, int answer, uint flags = 0)
    {
        uint tail = *Queues.CompletionTail;
        Queues.Completions[tail & Queues.CompletionMask] = new RingCompletion
        {
            UserData = name,
            Result = answer,
            Flags = flags,
        };
        Volatile.Write(ref *Queues.CompletionTail, tail + 1);
    }

    public int Enter(uint count)
    {
        Enters++;
        Entering now = _script.Count > 0 ? _script.Dequeue() : Otherwise;
        int take = Math.Min((int)count, now.Take);
        for (int i = 0; i < take; i++)
        {
            uint head = *Queues.EntryHead;
            RingEntry entry = Queues.Entries[head & (Size - 1)];
            Volatile.Write(ref *Queues.EntryHead, head + 1);
            Taken.Add(entry);
            _begun.Add(entry);
        }

        foreach (RingEntry entry in _begun.AsEnumerable().Reverse().Take(now.Complete).ToArray())
        {
            if (_begun.Remove(entry))
            {
                End(entry);
            }
        }

        return now.Error != 0 ? -now.Error : take;
    }

    public void Dispose() => NativeMemory.Free(_memory);

    private void End(RingEntry entry)
    {
        if (entry.Operation == RingConstants.OperationCancel)
        {
            Cancel(entry);
            return;
        }

        Complete(entry.UserData, (int)entry.Length, More ? RingConstants.CompletionMore : 0);
        if (Twice)
        {
            Complete(entry.UserData, (int)entry.Length);
        }

        if (More)
        {
            _begun.Add(entry);
        }
    }

    private void Cancel(RingEntry entry)
    {
        Complete(entry.UserData, -CancelError);
        int meant = _begun.FindIndex(begun => begun.UserData == entry.Address);
        if (CancelError == 0 && meant >= 0)
        {
            _begun.RemoveAt(meant);
            Complete(entry.Address, -RingConstants.ErrorCancelled);
        }
    }
}

/// <summary>The type argument for a <see cref="ScriptedRing"/>.</summary>
internal readonly struct ScriptedRingKernel(ScriptedRing ring) : IRingKernel
{
    public RingQueues Queues => ring.Queues;

    public int Enter(uint count) => ring.Enter(count);
}
