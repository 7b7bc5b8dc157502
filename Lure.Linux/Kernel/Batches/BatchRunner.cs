using System;
using System.Runtime.InteropServices;
using Lure.Analyzers;
using Lure.Core.Kernel;

namespace Lure.Linux.Kernel.Batches;

/// <summary>How one worker's batches are run: by single calls, or by a ring where one is wanted and can be had.</summary>
/// <remarks>For the thread that made it only.</remarks>
[HotPath]
internal sealed unsafe class BatchRunner : IDisposable
{
    /// <summary>Of a ring: a batch of the loop has at most 64 reads, and as many writes.</summary>
    private const uint Entries = 128;

    private readonly SingleCalls _calls;
    private readonly RingExecutor<IoUring>? _executor;
    private IoUring _ring;
    private MessageHeader* _messages;

    /// <param name="errno">Of this thread.</param>
    /// <param name="wantsRing">Whether a ring is tried.</param>
    /// <param name="counters">Says why there is none, if it was wanted.</param>
    [ColdPath("once in the life of a worker", perTurnMax: 0)]
    public BatchRunner(int* errno, bool wantsRing, BatchCounters counters)
    {
        _calls = new SingleCalls(errno);
        if (!wantsRing)
        {
            return;
        }

        int opened = IoUring.Open(Entries, out _ring);
        if (opened < 0)
        {
            counters.Refuse(-opened);
            return;
        }

        _messages = (MessageHeader*)NativeMemory.AllocZeroed(_ring.Queues.EntryCount, (nuint)sizeof(MessageHeader));
        _executor = new RingExecutor<IoUring>(_ring, _messages, _calls, counters);
    }

    /// <inheritdoc cref="ISyscalls.Execute"/>
    public void Execute(Span<Operation> operations)
    {
        if (_executor is null)
        {
            _calls.Execute(operations);
        }
        else
        {
            _executor.Execute(operations);
        }
    }

    [ColdPath("once in the life of a worker", perTurnMax: 0)]
    public void Dispose()
    {
        if (_messages is not null)
        {
            _ring.Dispose();
            NativeMemory.Free(_messages);
            _messages = null;
        }
    }
}
