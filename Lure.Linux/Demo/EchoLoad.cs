using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using HdrHistogram;

namespace Lure.Linux.Demo;

/// <summary>
/// Clients that use the relay until they are told to stop: some stay, some come and go, a few of
/// these break off or are broken off.
/// </summary>
/// <param name="plan">How many.</param>
/// <param name="relay">Where the relay listens.</param>
/// <param name="failed">Called, perhaps more than once, when a client met what it must not meet.</param>
internal sealed class EchoLoad(DemoPlan plan, EndPoint relay, Action failed) : IDisposable
{
    private const int ShortestMessage = 64;

    /// <summary>64 B doubled eight times is the longest message.</summary>
    private const int MessageSizes = 9;

    /// <summary>ns; what takes longer counts as this.</summary>
    private const long LatencyMost = 60_000_000_000;

    /// <summary>Session numbers that a client has for itself.</summary>
    private const int SessionsOfClient = 1 << 20;

    // The latency shown is the relay's and the kernel's only while clients wait for echoes and not
    // for a processor; without a pause they would keep every one of them busy.
    private static readonly TimeSpan s_thinkTime = TimeSpan.FromMilliseconds(2);

    // Eight clients open some 600 connections a second, far from using up the local ports (ip(7)).
    private static readonly TimeSpan s_betweenSessions = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly LongConcurrentHistogram _latency = new(1, LatencyMost, numberOfSignificantValueDigits: 3);
    private Task _clients = Task.CompletedTask;
    private string? _failure;
    private volatile bool _relayEnds;

    /// <summary>What the first client met that it must not meet: a sentence without its full stop. Null: nothing.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    public long Echoes => _latency.TotalCount;

    /// <param name="percent">50 for the median.</param>
    /// <returns>ns; null before the first echo.</returns>
    public long? Latency(double percent) => Echoes == 0 ? null : _latency.GetValueAtPercentile(percent);

    public void Start()
    {
        IEnumerable<Task> staying = Enumerable.Range(0, plan.StayingClients).Select(n => GuardAsync(n, StayAsync));
        IEnumerable<Task> passing = Enumerable
            .Range(plan.StayingClients, plan.PassingClients)
            .Select(n => GuardAsync(n, ComeAndGoAsync));
        _clients = Task.WhenAll([.. staying, .. passing]);
    }

    /// <summary>From now on a connection that is refused or broken off is no failure. From any thread.</summary>
    public void ExpectEndOfRelay()
    {
        _relayEnds = true;
        _stop.Cancel();
    }

    /// <summary>Lets every client finish what it is at, and waits for it.</summary>
    /// <returns>False when some had to be broken off because nothing came any more.</returns>
    public bool Stop(TimeSpan patience)
    {
        _stop.Cancel();
        if (_clients.Wait(patience))
        {
            return true;
        }

        _abort.Cancel();
        _clients.Wait();
        return false;
    }

    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task GuardAsync(int number, Func<int, Task> client)
    {
        try
        {
            await client(number).ConfigureAwait(false);
        }
        catch (WrongEchoException e)
        {
            Fail($"client {number}: {e.Message}");
        }
        catch (Exception e) when (e is SocketException or EndOfStreamException)
        {
            if (!_relayEnds)
            {
                Fail($"client {number}: {e.Message}");
            }
        }
        catch (OperationCanceledException)
        {
            if (!_relayEnds)
            {
                Fail($"client {number}: an echo did not come back");
            }
        }
    }

    private async Task StayAsync(int number)
    {
        using EchoSession session = await EchoSession
            .OpenAsync(relay, number * SessionsOfClient, _abort.Token)
            .ConfigureAwait(false);
        for (int round = 0; !_stop.IsCancellationRequested; round++)
        {
            await EchoAsync(session, SizeOf(number + round), last: false).ConfigureAwait(false);
            await PauseAsync(s_thinkTime).ConfigureAwait(false);
        }

        await EchoAsync(session, EchoSession.LongestMessage, last: true).ConfigureAwait(false);
    }

    private async Task ComeAndGoAsync(int number)
    {
        for (int visit = 0; !_stop.IsCancellationRequested; visit++)
        {
            int sessionNumber = (number * SessionsOfClient) + visit;
            using (
                EchoSession session = await EchoSession
                    .OpenAsync(relay, sessionNumber, _abort.Token)
                    .ConfigureAwait(false)
            )
            {
                await VisitAsync(session, visit).ConfigureAwait(false);
            }

            await PauseAsync(s_betweenSessions).ConfigureAwait(false);
        }
    }

    /// <summary>Of sixteen: one resets, one is reset, four half-close, the others close.</summary>
    private async Task VisitAsync(EchoSession session, int visit)
    {
        int manner = visit % 16;
        bool halfCloses = manner is 1 or 4 or 7 or 10;
        await EchoAsync(session, SizeOf(visit), halfCloses).ConfigureAwait(false);
        if (manner == 2)
        {
            session.ResetAtEnd();
        }
        else if (manner == 3)
        {
            await session.AwaitResetAsync(_abort.Token).ConfigureAwait(false);
        }
    }

    private async Task EchoAsync(EchoSession session, int size, bool last)
    {
        long latency = await session.EchoAsync(size, last, _abort.Token).ConfigureAwait(false);
        _latency.RecordValue(Math.Clamp(latency, 1, LatencyMost));
    }

    private async Task PauseAsync(TimeSpan pause) =>
        await Task.Delay(pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Fail(string failure)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        failed();
    }

    private static int SizeOf(int number) => ShortestMessage << (number % MessageSizes);
}
