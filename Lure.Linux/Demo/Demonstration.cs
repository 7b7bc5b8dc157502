using System;
using System.IO;
using System.Net;
using System.Threading;
using Lure.Core.Backends;
using Lure.Core.Loop;
using Lure.Linux.Commands;
using Lure.Linux.Configuration;
using Lure.Linux.Kernel;
using Lure.Linux.Logging;
using Lure.Linux.Relay;

namespace Lure.Linux.Demo;

/// <summary>
/// The relay of every other command and clients before it, in one process. First it drives the
/// clients, then it stays up for those who want to try it.
/// </summary>
/// <remarks><see cref="Drain"/> and <see cref="Stop"/> may be called from any thread, in every phase.</remarks>
internal sealed class Demonstration : IDisposable
{
    private const long NanosecondsPerTick = 100;

    /// <summary>How long an echo may take at the end of the driven phase, before it counts as lost.</summary>
    private static readonly TimeSpan s_echoPatience = TimeSpan.FromSeconds(2);

    /// <summary>For the relay to see the last ends: longer than it lingers.</summary>
    private static readonly TimeSpan s_settlePatience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan s_settleInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>For a reader of the log that does not read.</summary>
    private static readonly TimeSpan s_logPatience = TimeSpan.FromSeconds(1);

    private readonly DemoPlan _plan;
    private readonly Settings _settings;
    private readonly RunningRelay _relay;
    private readonly EchoLoad _load;
    private readonly ManualResetEventSlim _wake = new();
    private volatile bool _ending;
    private bool _relayInUse;

    private Demonstration(DemoPlan plan)
    {
        _plan = plan;
        _settings = MakeSettings(plan);
        _relay = RunningRelay.Start(_settings);
        Address = Reachable(_relay.Addresses[0].ToString());
        _load = new EchoLoad(plan, Address, _wake.Set);
    }

    /// <summary>Where a client of this host finds the relay.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Starts the relay; the clients wait for <see cref="Run"/>.</summary>
    /// <exception cref="StartException">Every reason why it cannot.</exception>
    public static Demonstration Start(DemoPlan plan) => new(plan);

    /// <summary>Ends it: sessions may finish within <see cref="DemoPlan.DrainDeadline"/>.</summary>
    public void Drain()
    {
        _ending = true;
        _load.ExpectEndOfRelay();
        _relay.Drain(_plan.DrainDeadline.Ticks * NanosecondsPerTick);
        _wake.Set();
    }

    /// <summary>Ends it at once.</summary>
    public void Stop()
    {
        _ending = true;
        _load.ExpectEndOfRelay();
        _relay.Stop();
        _wake.Set();
    }

    /// <summary>Runs until <see cref="Drain"/> or <see cref="Stop"/> is called, or a byte is wrong.</summary>
    /// <param name="output">For all that it says.</param>
    /// <param name="terminal">Whether the live line is written over.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run(TextWriter output, bool terminal)
    {
        output.WriteLine(StartLine.Of(_relay));
        output.WriteLine(
            $"{_plan.StayingClients} clients that stay and {_plan.PassingClients} that come and go send through it to an echo server."
        );
        LogThread quiet = Log(LogTarget.None);
        Drive(new LiveTable(output, terminal), quiet);
        bool logEnded = EndLog(quiet);
        if (_load.Failure is null && !_ending)
        {
            output.WriteLine(HowToTry.Text(Address, _plan.DrainDeadline));
            output.Flush();
            LogThread log = Log(LogTarget.Stdout);
            _wake.Wait();
            output.WriteLine(
                $"draining, at most {_plan.DrainDeadline.TotalSeconds:0} s; Ctrl-C once more ends at once"
            );
            _relay.WaitForEnd();
            logEnded = EndLog(log);
        }

        // A log that still sits in a write reads the rings: then their memory goes with the process.
        _relayInUse = !logEnded;
        return Conclude(output);
    }

    public void Dispose()
    {
        _load.Dispose();
        if (!_relayInUse)
        {
            _relay.Dispose();
        }

        _wake.Dispose();
    }

    private void Drive(LiveTable table, LogThread log)
    {
        long startedAt = MonotonicClock.Now();
        TimeSpan elapsed = TimeSpan.Zero;
        table.Begin();
        _load.Start();
        while (elapsed < _plan.Duration && !_wake.IsSet)
        {
            TimeSpan left = _plan.Duration - elapsed;
            _wake.Wait(left < table.Interval ? left : table.Interval);
            elapsed = TimeSpan.FromTicks((MonotonicClock.Now() - startedAt) / NanosecondsPerTick);
            table.Show(Numbers(elapsed));
        }

        _load.Stop(_ending ? _plan.DrainDeadline : s_echoPatience);
        AwaitSettlement(log);
        table.Show(Numbers(elapsed));
        table.End();
    }

    /// <summary>
    /// Until the relay has seen the end of every session that the clients have ended, and the log has
    /// taken its record: the first line shown shall be that of a session made by hand.
    /// </summary>
    private void AwaitSettlement(LogThread log)
    {
        long until = MonotonicClock.Now() + (s_settlePatience.Ticks * NanosecondsPerTick);
        while (MonotonicClock.Now() < until && !_relay.HasEnded)
        {
            if (_relay.Shared.Sessions == 0 && log.Records + log.Dropped >= _relay.Counters.Accepted)
            {
                return;
            }

            Thread.Sleep(s_settleInterval);
        }
    }

    private int Conclude(TextWriter output)
    {
        string? failure = _load.Failure;
        if (failure is not null)
        {
            _relay.Stop();
        }

        _relay.WaitForEnd();
        LoopCounters counters = _relay.Counters;
        DemoSummary.Write(output, in counters, _load.Echoes, _load.Latency(50), _load.Latency(99));
        if (failure is not null)
        {
            output.WriteLine($"lure: the demo failed: {failure}");
        }

        output.Flush();
        return failure is null && counters.SelfChecksFailed == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private LogThread Log(LogTarget target)
    {
        LogThread log = new(
            target,
            _settings.LogFormat,
            _plan.LogDescriptor,
            _relay.Records,
            _relay.RecordsReady,
            LogNames.From(_settings)
        );
        log.Start();
        return log;
    }

    private LiveNumbers Numbers(TimeSpan elapsed) =>
        new(elapsed, _relay.Shared.Sessions, _relay.Counters, _load.Latency(50), _load.Latency(99));

    private static bool EndLog(LogThread log)
    {
        bool ended = log.Stop(s_logPatience);
        log.Dispose();
        return ended;
    }

    private static Settings MakeSettings(DemoPlan plan)
    {
        ServerSpec server = new()
        {
            Name = "echo",
            Address = SocketAddresses.Of(plan.Server.Address, plan.Server.Port),
        };
        return new Settings
        {
            Listeners = [new ListenSettings("demo", plan.Binds, 0, UnixMode.Default)],
            Backends = [new BackendSpec { Name = "demo", Servers = [server] }],
        };
    }

    /// <summary>An address that stands for all of the host's is none that a client can connect to everywhere.</summary>
    private static IPEndPoint Reachable(string bound)
    {
        IPEndPoint address = IPEndPoint.Parse(bound);
        return address.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, address.Port)
            : address.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, address.Port)
            : address;
    }
}
