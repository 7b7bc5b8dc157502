using System;
using System.Collections.Immutable;
using System.Threading;
using Lure.Core.Records;
using Lure.Linux.Configuration;
using Lure.Linux.Kernel;
using Lure.Linux.Kernel.Batches;
using Tmds.Linux;

namespace Lure.Linux.Logging;

/// <summary>
/// The thread that turns the records of all workers into lines. Nothing it meets reaches a loop: a
/// reader of the log that stands still makes the rings run over, which they count and this tells.
/// </summary>
/// <remarks>
/// Records of one worker keep their order; those of several are mixed as they are found. After
/// warm-up it allocates nothing: a relay with its log on collects no garbage.
/// </remarks>
internal sealed class LogThread : IDisposable
{
    /// <summary>Bytes gathered for one write: what a pipe holds (pipe(7)).</summary>
    private const int WriteBytes = 64 * 1024;

    /// <summary>
    /// ms that it goes on looking after lines were written, before it asks to be woken. Under load
    /// the loops then never pay for waking it, and it takes a worker's CPU a few hundred times a
    /// second at most. A ring of 8192 fills in that time at 1.6 million records a second.
    /// </summary>
    private const int GatherMilliseconds = 5;

    /// <summary>The same for records that nobody reads.</summary>
    private const int DiscardMilliseconds = 100;

    /// <summary>Records taken from one worker before the others have their turn.</summary>
    private const int RecordsPerTurn = 64;

    /// <summary>Turns before events and losses are looked at: also while records never cease to come.</summary>
    private const int TurnsPerRound = 64;

    /// <summary>ms that <see cref="Stop"/> grants the thread beyond its own bound, to end by itself.</summary>
    private const int StopGrace = 250;

    private readonly ImmutableArray<RecordRing> _rings;
    private readonly bool[] _refusalTold = [];
    private readonly LogLines? _lines;
    private readonly LogOutput _output;
    private readonly EventFd _wake;
    private readonly Thread _thread;
    private readonly Func<int> _patience;
    private long _records;
    private long _unwritten;
    private long _stopBy;
    private int _stopping;

    /// <param name="target">Whether anything is written at all.</param>
    /// <param name="format">How.</param>
    /// <param name="fd">Where to; 1 is stdout. Stays open.</param>
    /// <param name="rings">One of each worker. Their memory has to outlive this thread: see <see cref="Stop"/>.</param>
    /// <param name="wake">Raised by the loops when <see cref="RecordRing.TakeReaderAsleep"/> says so. Not closed here.</param>
    /// <param name="names">What the numbers in a record are called.</param>
    public LogThread(
        LogTarget target,
        LogFormat format,
        int fd,
        ImmutableArray<RecordRing> rings,
        EventFd wake,
        LogNames names
    )
    {
        _rings = rings;
        _lines = target == LogTarget.None ? null : new LogLines(format, names, TimeProvider.System, WriteBytes);
        _wake = wake;
        _output = new LogOutput(fd, _wake);
        _patience = Patience;
        // In the background: a write that never returns must not keep the process.
        _thread = new Thread(Run) { IsBackground = true, Name = "log" };
    }

    /// <summary>One of each worker, if a ring was wanted: a refusal is told once, in the next round.</summary>
    public ImmutableArray<BatchCounters> Batches
    {
        get;
        init
        {
            field = value;
            _refusalTold = new bool[value.Length];
        }
    } = [];

    /// <summary>Records taken from the rings.</summary>
    public long Records => Volatile.Read(ref _records);

    /// <summary>Lines that were made but could not be written.</summary>
    public long Unwritten => Volatile.Read(ref _unwritten);

    /// <summary>errno that ended the output for good (EPIPE: its reader has gone); 0 while it is usable.</summary>
    public int ClosedBy => _output.ClosedBy;

    /// <summary>Records that found no room in their ring.</summary>
    public long Dropped
    {
        get
        {
            long dropped = 0;
            foreach (RecordRing ring in _rings)
            {
                dropped += ring.Dropped;
            }

            return dropped;
        }
    }

    public void Start() => _thread.Start();

    /// <summary>Writes what is in the rings and ends the thread. To be called when the loops have ended.</summary>
    /// <param name="bound">How long a reader that does not read may hold it up.</param>
    /// <returns>
    /// False when the thread still sits in a write that does not return. It goes with the process;
    /// until then the memory of the rings must stay mapped.
    /// </returns>
    public bool Stop(TimeSpan bound)
    {
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            return true;
        }

        Volatile.Write(ref _stopBy, Environment.TickCount64 + (long)bound.TotalMilliseconds);
        Volatile.Write(ref _stopping, 1);
        _wake.Raise();
        return _thread.Join(bound + TimeSpan.FromMilliseconds(StopGrace));
    }

    /// <summary>After <see cref="Stop"/>. What a thread that did not end still uses stays open.</summary>
    public void Dispose()
    {
        if (_thread.IsAlive)
        {
            return;
        }

        _lines?.Dispose();
    }

    /// <summary>One round: takes what is there, writes it. What the thread does all day; callable before its start.</summary>
    /// <param name="last">Nothing will come after: nothing is held back.</param>
    /// <returns>False when all rings were empty.</returns>
    public bool RunOnce(bool last)
    {
        bool found = Drain();
        Tell(last && !found);
        return found;
    }

    private void Run()
    {
        BlockBrokenPipeSignal();
        while (true)
        {
            bool stopping = Volatile.Read(ref _stopping) != 0;
            if (RunOnce(stopping))
            {
                if (!stopping)
                {
                    _wake.Await(_lines is null ? DiscardMilliseconds : GatherMilliseconds);
                }
            }
            else if (stopping)
            {
                return;
            }
            else if (AnnounceSleep())
            {
                _wake.Await(MillisecondsToNextEvent());
            }
        }
    }

    /// <returns>False when all rings were empty.</returns>
    private bool Drain()
    {
        bool found = false;
        bool more = true;
        for (int turn = 0; more && turn < TurnsPerRound; turn++)
        {
            more = false;
            foreach (RecordRing ring in _rings)
            {
                more |= Drain(ring);
            }

            found |= more;
        }

        return found;
    }

    private bool Drain(RecordRing ring)
    {
        int taken = 0;
        while (taken < RecordsPerTurn && ring.TryTake(out LoopRecord record))
        {
            taken++;
            if (_lines is null)
            {
                continue;
            }

            if (_output.ClosedBy != 0)
            {
                Volatile.Write(ref _unwritten, _unwritten + 1);
            }
            else
            {
                _lines.Add(in record);
                if (_lines.Full)
                {
                    Flush();
                }
            }
        }

        Volatile.Write(ref _records, _records + taken);
        return taken > 0;
    }

    private void Tell(bool everything)
    {
        if (_lines is null || _output.ClosedBy != 0)
        {
            return;
        }

        TellRefusals(_lines);
        _lines.AddLoss(Dropped + _unwritten, _output.TakeFailure());
        while (_lines.AddDueEvent(everything))
        {
            if (_lines.Full)
            {
                Flush();
            }
        }

        Flush();
    }

    private void TellRefusals(LogLines lines)
    {
        for (int worker = 0; worker < Batches.Length; worker++)
        {
            int refusal = Batches[worker].Refusal;
            if (refusal != 0 && !_refusalTold[worker])
            {
                _refusalTold[worker] = true;
                lines.AddRingRefused(worker, refusal);
                Flush();
            }
        }
    }

    private void Flush()
    {
        if (_lines is null || _lines.Text.IsEmpty)
        {
            return;
        }

        int lost = _output.Write(_lines.Text, _patience);
        _lines.Clear();
        Volatile.Write(ref _unwritten, _unwritten + lost);
    }

    private bool AnnounceSleep()
    {
        foreach (RecordRing ring in _rings)
        {
            if (!ring.TryAnnounceSleep())
            {
                return false;
            }
        }

        // A stop that was asked for before this point has rung the eventfd, and the sleep ends at once.
        return true;
    }

    private int MillisecondsToNextEvent() =>
        _lines is null || _output.ClosedBy != 0 ? -1 : _lines.MillisecondsToNextEvent();

    /// <returns>ms to wait for the reader: without an end, until a stop is asked for; 0 to give up.</returns>
    private int Patience() =>
        Volatile.Read(ref _stopping) == 0
            ? -1
            : (int)Math.Clamp(Volatile.Read(ref _stopBy) - Environment.TickCount64, 0, int.MaxValue);

    // A pipe without a reader raises SIGPIPE in the thread that writes, and by default that ends the
    // process. Blocked in this thread alone, so that it does not matter what the runtime has done.
    private static unsafe void BlockBrokenPipeSignal()
    {
        sigset_t signals;
        _ = LibC.sigemptyset(&signals);
        _ = LibC.sigaddset(&signals, LibC.SIGPIPE);
        _ = LibC.pthread_sigmask(LibC.SIG_BLOCK, &signals, null);
    }
}
