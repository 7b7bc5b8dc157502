using System;
using System.Threading;
using Lure.Analyzers;
using Lure.Core;
using Lure.Core.Kernel;

namespace Lure.Linux.Kernel.Batches;

/// <summary>Runs a batch by one call for all its receives and sends, and answers as single calls do.</summary>
/// <remarks>
/// <para>
/// Each operation says MSG_DONTWAIT, so the kernel answers all of them before the call returns, and
/// nothing is ever waited for. What the ring does not take, for whatever reason, is run by single
/// calls; splices are always, because the kernel hands those of a ring to a thread of its own.
/// </para>
/// <para>
/// An operation that was taken and not answered still owns its memory: it may write into a block that
/// belongs to somebody else by then, or send bytes a second time. So it is cancelled before anything
/// else happens, and the ring is given up for good. If it cannot be cancelled the process ends.
/// </para>
/// </remarks>
[HotPath]
internal sealed unsafe class RingExecutor<TRing>
    where TRing : struct, IRingKernel
{
    /// <summary>The answer of an operation that has none yet; no call returns it.</summary>
    private const int Unanswered = int.MinValue;

    private const int Busy = -RingConstants.ErrorBusy;
    private const int Cancelled = -RingConstants.ErrorCancelled;

    private const ulong CancelMark = 1UL << 31;
    private const int BatchShift = 32;

    /// <summary>Interruptions, and queues found full, that one batch puts up with.</summary>
    private const int SetbacksMax = 8;

    /// <summary>Batches in a row of which the ring did not take all.</summary>
    private const int RefusalsMax = 16;

    /// <summary>Looks at an operation that is being cancelled: it runs at this moment, or not at all.</summary>
    private const int LooksMax = 10_000;

    private readonly SingleCalls _calls;
    private readonly BatchCounters _counters;
    private readonly MessageHeader* _messages;
    private readonly RingQueues _queues;
    private TRing _ring;
    private uint _batch;
    private int _unanswered;
    private int _refusals;

    /// <param name="ring">Empty, and this executor's alone.</param>
    /// <param name="messages">One for each entry of the ring.</param>
    /// <param name="calls">For what the ring does not take.</param>
    /// <param name="counters">Counts, and says why the ring was given up.</param>
    [ColdPath("once in the life of a worker", perTurnMax: 0)]
    public RingExecutor(TRing ring, MessageHeader* messages, SingleCalls calls, BatchCounters counters)
    {
        _ring = ring;
        _queues = ring.Queues;
        _messages = messages;
        _calls = calls;
        _counters = counters;
    }

    /// <inheritdoc cref="ISyscalls.Execute"/>
    public void Execute(Span<Operation> operations)
    {
        int most = (int)_queues.EntryCount;
        while (operations.Length > most)
        {
            ExecutePart(operations[..most]);
            operations = operations[most..];
        }

        ExecutePart(operations);
    }

    private void ExecutePart(Span<Operation> operations)
    {
        // One operation is one call in either case, and the plain one is cheaper.
        if (operations.Length < 2 || _counters.Refusal != 0)
        {
            _calls.Execute(operations);
            return;
        }

        // An operation is where its vectors are: it must not move while the kernel looks at it.
        fixed (Operation* first = operations)
        {
            _batch++;
            int queued = Queue(first, operations.Length);
            int taken = Submit(first, operations.Length, queued);
            TakeAnswers(first, operations.Length);
            if (_unanswered != queued - taken)
            {
                EndUnanswered(first, operations.Length, taken, queued - taken);
            }

            NoteRefusal(taken == queued);
            RunRest(first, operations.Length);
        }
    }

    private int Queue(Operation* operations, int count)
    {
        uint tail = *_queues.EntryTail;
        int queued = 0;
        for (int i = 0; i < count; i++)
        {
            Operation* operation = operations + i;
            operation->Result = Unanswered;
            if (operation->Kind is not (OperationKind.Receive or OperationKind.Send))
            {
                continue;
            }

            uint place = (tail + (uint)queued) & (_queues.EntryCount - 1);
            _queues.Entries[place] = Entry(operation, _messages + place, Name(i));
            queued++;
        }

        _unanswered = queued;
        Volatile.Write(ref *_queues.EntryTail, tail + (uint)queued);
        return queued;
    }

    private static RingEntry Entry(Operation* operation, MessageHeader* message, ulong name)
    {
        bool receives = operation->Kind == OperationKind.Receive;
        RingEntry entry = new()
        {
            Fd = operation->Fd,
            MessageFlags = RingConstants.MessageDontWait | LinuxConstants.SendWithoutSignal,
            UserData = name,
        };
        if (operation->Vectors == 1)
        {
            entry.Operation = receives ? RingConstants.OperationReceive : RingConstants.OperationSend;
            entry.Address = (ulong)operation->First.Base;
            entry.Length = (uint)operation->First.Length;
            return entry;
        }

        *message = new MessageHeader { Vectors = &operation->First, Count = (nuint)operation->Vectors };
        entry.Operation = receives ? RingConstants.OperationReceiveMessage : RingConstants.OperationSendMessage;
        entry.Address = (ulong)message;
        entry.Length = 1;
        return entry;
    }

    /// <summary>Has the queued entries run. Those that the kernel does not take are taken back.</summary>
    /// <returns>How many it took: the first ones.</returns>
    private int Submit(Operation* operations, int count, int queued)
    {
        uint before = *_queues.EntryHead;
        int taken = 0;
        int setbacks = 0;
        while (taken < queued)
        {
            int answer = _ring.Enter((uint)(queued - taken));
            _counters.AddEnter();
            // Its head tells what it took; what it returns may be the error of the rest.
            int now = (int)(Volatile.Read(ref *_queues.EntryHead) - before);
            if (now > taken)
            {
                taken = now;
                continue;
            }

            bool passes = answer is -Errno.Interrupted or Busy;
            if (passes && ++setbacks <= SetbacksMax)
            {
                TakeAnswers(operations, count);
                continue;
            }

            bool mayPass = passes || answer is -Errno.Again or -Errno.NoMemory or >= 0;
            if (!mayPass)
            {
                _counters.Refuse(-answer);
            }

            break;
        }

        Volatile.Write(ref *_queues.EntryTail, before + (uint)taken);
        return taken;
    }

    private void TakeAnswers(Operation* operations, int count)
    {
        uint head = *_queues.CompletionHead;
        uint tail = Volatile.Read(ref *_queues.CompletionTail);
        while (head != tail)
        {
            RingCompletion answer = _queues.Completions[head & _queues.CompletionMask];
            head++;
            if ((answer.Flags & RingConstants.CompletionMore) == 0)
            {
                TakeAnswer(operations, count, answer);
            }
        }

        Volatile.Write(ref *_queues.CompletionHead, head);
    }

    private void TakeAnswer(Operation* operations, int count, in RingCompletion answer)
    {
        ulong index = answer.UserData & (CancelMark - 1);
        Check.That(
            answer.UserData >> BatchShift == _batch && index < (ulong)count,
            "the kernel answers what was asked in this batch"
        );
        Operation* operation = operations + index;
        if ((answer.UserData & CancelMark) != 0)
        {
            return;
        }

        Check.That(operation->Result == Unanswered, "the kernel answers an operation once");
        operation->Result = answer.Result;
        _unanswered--;
        _counters.AddOperation();
    }

    /// <summary>
    /// The self-check failed: the ring has begun something and not ended it. It is cancelled, and looked
    /// for without waiting. An answer says that the kernel has let go of its memory, whatever it says.
    /// </summary>
    /// <param name="operations">The batch.</param>
    /// <param name="count">Of it.</param>
    /// <param name="taken">The first ones, which the ring took.</param>
    /// <param name="left">Those that it did not take have no answer either.</param>
    private void EndUnanswered(Operation* operations, int count, int taken, int left)
    {
        _counters.AddIncomplete(_unanswered - left);
        _counters.Refuse(Errno.InputOutput);
        int cancels = QueueCancels(operations, count, taken);
        bool asked = Submit(operations, count, cancels) == cancels;
        for (int look = 0; asked && _unanswered != left && look < LooksMax; look++)
        {
            _ = _ring.Enter(0);
            TakeAnswers(operations, count);
        }

        TakeAnswers(operations, count);
        Check.That(
            _unanswered == left,
            "what the ring has begun can be ended: else it might write into memory of others"
        );
    }

    private int QueueCancels(Operation* operations, int count, int taken)
    {
        uint tail = *_queues.EntryTail;
        int queued = 0;
        for (int i = 0; i < count && taken > 0; i++)
        {
            if (operations[i].Kind is not (OperationKind.Receive or OperationKind.Send))
            {
                continue;
            }

            taken--;
            if (operations[i].Result == Unanswered)
            {
                uint place = (tail + (uint)queued) & (_queues.EntryCount - 1);
                _queues.Entries[place] = new RingEntry
                {
                    Operation = RingConstants.OperationCancel,
                    Fd = -1,
                    Address = Name(i),
                    UserData = Name(i) | CancelMark,
                };
                queued++;
            }
        }

        Volatile.Write(ref *_queues.EntryTail, tail + (uint)queued);
        return queued;
    }

    private void RunRest(Operation* operations, int count)
    {
        for (int i = 0; i < count; i++)
        {
            // What was cancelled has not begun, and runs now; what is no socket is nothing for the ring.
            if (operations[i].Result is -Errno.NotSocket or Unanswered or Cancelled)
            {
                _calls.Execute(ref operations[i]);
            }
        }
    }

    /// <summary>A ring that time and again does not take a batch costs a call each time: it is given up.</summary>
    private void NoteRefusal(bool complete)
    {
        _refusals = complete ? 0 : _refusals + 1;
        if (_refusals == RefusalsMax)
        {
            _counters.Refuse(Errno.Again);
        }
    }

    private ulong Name(int index) => ((ulong)_batch << BatchShift) | (uint)index;
}
