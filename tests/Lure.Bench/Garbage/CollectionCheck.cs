using System;
using System.IO;
using System.Threading;
using Lure.Bench.Load;
using Lure.Linux.Kernel;

namespace Lure.Bench.Garbage;

/// <summary>What the collector did while sessions were relayed and logged.</summary>
/// <param name="Sessions">Opened, echoed and closed.</param>
/// <param name="AllocatedBytes">By all threads: relay, log, clients and backend.</param>
/// <param name="Collections">Of any generation.</param>
internal sealed record CollectionReport(long Sessions, long AllocatedBytes, int Collections)
{
    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{Sessions:N0} sessions, each a line in the log: {Collections} garbage collections, {AllocatedBytes:N0} bytes allocated"
        );
}

/// <summary>Relays and logs short sessions in this process and counts collections: from outside nobody can ask a native binary for them.</summary>
/// <remarks>The clients and the backend allocate nothing, so whatever is counted is the relay's or the log's.</remarks>
internal static class CollectionCheck
{
    private const int AtATime = 16;
    private const int MessageBytes = 64;
    private const long Patience = 60_000_000_000;
    private const int LogPatienceMilliseconds = 5_000;

    /// <param name="sessions">Counted; a tenth of them comes before, for every path to be compiled and every pool to be filled.</param>
    /// <exception cref="LoadException">The load did not come through, or sessions are missing in the log.</exception>
    public static CollectionReport Run(int sessions)
    {
        string log = Path.GetTempFileName();
        try
        {
            using EchoBackend backend = new();
            using RelayInProcess relay = new(backend.Port, log);
            using LoadGenerator load = new(relay.Port, AtATime, MessageBytes);
            Relay(load, relay, (sessions / 10) + AtATime);
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            int collections = CollectionCount();
            long done = Relay(load, relay, sessions);
            collections = CollectionCount() - collections;
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            backend.ThrowIfFailed();
            return new CollectionReport(done, allocated, collections);
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static long Relay(LoadGenerator load, RelayInProcess relay, int sessions)
    {
        long logged = relay.LoggedSessions;
        long done = load.ConnectFor(Patience, sessions);
        long end = MonotonicClock.Now() + (LogPatienceMilliseconds * 1_000_000L);
        while (relay.LoggedSessions - logged < done)
        {
            if (MonotonicClock.Now() > end)
            {
                throw new LoadException(
                    FormattableString.Invariant($"{relay.LoggedSessions - logged} of {done} sessions came to the log")
                );
            }

            Thread.Sleep(1);
        }

        return done;
    }

    /// <summary>A collection counts for its generation and for all younger ones: so the youngest has them all.</summary>
    private static int CollectionCount() => GC.CollectionCount(0);
}
