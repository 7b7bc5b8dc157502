using System;
using System.Diagnostics;
using System.Threading;
using Lure.Sim;
using Lure.Sim.Campaigns;
using Lure.Sim.Running;

namespace Lure.Linux.Simulation;

/// <summary>
/// Shares the seeds of a campaign among threads, each with a simulation of its own. Seeds are handed out
/// in order, a few at a time, and what is handed out is run: so those that ran are an unbroken row, and
/// the sums are the same for any number of threads.
/// </summary>
internal sealed class CampaignJobs
{
    private const int SeedsAtOnce = 16;

    private readonly CampaignRequest _request;
    private readonly Campaign[] _parts;
    private readonly Thread[] _threads;
    private readonly long _seedsMax;
    private long _handedOut;
    private long _done;
    private int _failed;
    private readonly StallGuard _guard;
    private volatile bool _over;

    /// <param name="request">How many seeds.</param>
    /// <param name="jobs">Threads.</param>
    /// <param name="guard">With a place for each of them.</param>
    public CampaignJobs(CampaignRequest request, int jobs, StallGuard guard)
    {
        (_request, _guard) = (request, guard);
        _seedsMax = request.Seeds ?? long.MaxValue;
        _parts = new Campaign[jobs];
        _threads = new Thread[jobs];
        for (int i = 0; i < jobs; i++)
        {
            var part = new Campaign(new WorkerSet<FakeKernel>(), request.From);
            _parts[i] = part;
            int place = i;
            _threads[i] = new Thread(() => Work(place, part)) { Name = $"sim-{i}", IsBackground = true };
        }
    }

    /// <summary>Seeds that have run.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>Seeds that have failed.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Runs them.</summary>
    /// <param name="clock">Runs since the campaign began.</param>
    /// <param name="isAsked">Whether somebody wants it to end early.</param>
    /// <param name="look">Called a few times a second.</param>
    public CampaignTotals Run(Stopwatch clock, Func<bool> isAsked, Action look)
    {
        Array.ForEach(_threads, thread => thread.Start());
        foreach (Thread thread in _threads)
        {
            while (!thread.Join(millisecondsTimeout: 100))
            {
                bool late = _request.Seconds is { } seconds && clock.Elapsed.TotalSeconds >= seconds;
                _over |= late || isAsked();
                look();
            }
        }

        CampaignTotals totals = new();
        foreach (Campaign part in _parts)
        {
            totals.Add(part.Totals);
            part.Dispose();
        }

        return totals;
    }

    private void Work(int job, Campaign part)
    {
        while (!_over)
        {
            long end = Interlocked.Add(ref _handedOut, SeedsAtOnce);
            for (long place = end - SeedsAtOnce; place < Math.Min(end, _seedsMax); place++)
            {
                long failed = part.Totals.FailedSeeds;
                _guard.Begin(job, unchecked(_request.From + (ulong)place));
                part.Run((ulong)place);
                Interlocked.Increment(ref _done);
                if (part.Totals.FailedSeeds != failed)
                {
                    Interlocked.Increment(ref _failed);
                }
            }

            _guard.End(job);

            if (end >= _seedsMax)
            {
                return;
            }
        }
    }
}
