using System;
using System.Collections.Generic;
using System.Globalization;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Sim.Entropy;

namespace Lure.Sim.Conformance.Twin;

/// <summary>Plays twin scripts on one kernel and writes down what came of them, a fact a line.</summary>
/// <remarks>
/// After each step the loop turns until nothing is left to do, and what it has sent is acknowledged: so how long
/// either kernel takes decides nothing. Where buffers were filled to the last byte, how
/// much that was is left out.
/// </remarks>
internal sealed partial class TwinRun<TKernel, TApi>(ITwinHost<TKernel, TApi> host) : IDisposable
    where TKernel : struct, ISyscalls
    where TApi : struct, ISocketApi
{
    private const int Servers = 2;
    private const int Backlog = 128;
    private const int LargestRead = 1 << 20;
    private const int NobodyConnects = -1;

    /// <summary>A delayed acknowledgement takes 40 ms (TCP_DELACK_MIN), and as long again when a timer is late.</summary>
    private const int PausesMax = 100;

    private readonly StreamPattern _pattern = new();
    private readonly TwinRelay<TKernel> _relay = new();
    private readonly TwinEnd[] _ends = new TwinEnd[TwinStep.Ends];
    private readonly int[] _listeners = new int[Servers];
    private readonly byte[] _memory = new byte[LargestRead];
    private readonly Func<int, bool, bool> _awaits = host.AwaitsAcknowledgement;
    private TApi _api;
    private TwinScript _script = null!;
    private SocketAddress _front;
    private int _connecting;
    private bool _flooded;

    /// <summary>Sessions that ended, in all scripts.</summary>
    public long Sessions { get; private set; }

    /// <summary>Bytes that peers have read, in all scripts.</summary>
    public long Bytes { get; private set; }

    /// <param name="script">What happens.</param>
    /// <param name="facts">What came of it: a line for each step, end, record, and for the counters.</param>
    public void Play(TwinScript script, List<string> facts)
    {
        facts.Clear();
        Begin(script);
        try
        {
            foreach (TwinStep step in script.Steps)
            {
                string answer = Do(step);
                Settle();
                facts.Add($"{TwinScriptText.Of(step)} = {answer}");
            }

            TellEnds(facts);
            TellRelay(facts);
        }
        catch (SimulationViolationException violation)
        {
            facts.Add(violation.Message);
        }
        finally
        {
            End();
        }
    }

    public void Dispose() => _relay.Dispose();

    private void Begin(TwinScript script)
    {
        (_script, _connecting, _flooded) = (script, NobodyConnects, false);
        for (int i = 0; i < _ends.Length; i++)
        {
            _ends[i] ??= new TwinEnd();
            _ends[i].Clear();
        }

        host.Begin();
        _api = host.Peers;
        Span<SocketAddress> servers = new SocketAddress[Servers];
        for (int i = 0; i < Servers; i++)
        {
            servers[i] = host.NewAddress(Family(script.UnixBack));
            _listeners[i] = _api.Socket(Family(script.UnixBack));
            Must(_api.SetOption(_listeners[i], StreamOption.ReuseAddress, 1));
            Must(_api.Bind(_listeners[i], servers[i]));
            Must(_api.Listen(_listeners[i], Backlog));
        }

        _front = host.NewAddress(Family(script.UnixFront));
        _relay.Begin(host.Kernel, script, host.OpenListener(_front), servers);
        Settle();
    }

    private static ushort Family(bool isUnix) => isUnix ? SocketAddress.FamilyUnix : SocketAddress.FamilyIPv4;

    private static void Must(int result)
    {
        if (result < 0)
        {
            throw new InvalidOperationException($"a server cannot be started: {ErrnoName.OfResult(result)}");
        }
    }

    /// <summary>The loop and the servers do what they can; then what is on its way arrives.</summary>
    private void Settle()
    {
        do
        {
            _relay.Settle();
        } while (AcceptAll());
        Acknowledge();
        while (_relay.IsLingering())
        {
            _relay.Sleep();
            _relay.Settle();
            Acknowledge();
        }

        // Else a congestion window holds back what comes next, and what has arrived counts as lost with its peer.
        for (int i = 0; i < PausesMax && !_flooded && _relay.Any(_awaits); i++)
        {
            host.LetTimePass();
        }
    }

    // Asks for what a peer's kernel would tell later.
    private void Acknowledge()
    {
        foreach (TwinEnd end in _ends)
        {
            if (end.Fd >= 0)
            {
                _ = _api.SetOption(end.Fd, StreamOption.QuickAcknowledge, 1);
            }
        }
    }

    private bool AcceptAll()
    {
        bool any = false;
        foreach (int listener in _listeners)
        {
            for (int fd = _api.Accept(listener); fd >= 0; fd = _api.Accept(listener))
            {
                any = true;
                TwinEnd? end = _connecting < 0 ? null : _ends[TwinStep.Opposite(_connecting)];
                if (end is null || end.WasOpen)
                {
                    throw new SimulationViolationException("the relay has connected for no client");
                }

                end.Open(fd);
            }
        }

        return any;
    }

    private void TellEnds(List<string> facts)
    {
        // All look before the first one goes.
        for (int i = 0; i < _ends.Length; i++)
        {
            if (_ends[i].Fd >= 0)
            {
                _ = DrainAll(i);
            }
        }

        for (int i = 0; i < _ends.Length; i++)
        {
            TwinEnd end = _ends[i];
            if (end.WasOpen)
            {
                facts.Add(
                    $"{TwinScriptText.Name(i)}: {Amount(i)} received, {end.EndText}{(end.IsWrong ? ", wrong bytes" : "")}"
                );
                Bytes += end.Received;
            }

            if (end.Fd >= 0)
            {
                Close(end);
                Settle();
            }
        }

        for (int i = 0; i < PausesMax && _relay.HasSessions; i++)
        {
            host.LetTimePass();
            Settle();
        }
    }

    // Of what was cut off in a flood nobody knows how far it got.
    private string Amount(int index)
    {
        TwinEnd end = _ends[index];
        long sent = _ends[TwinStep.Opposite(index)].Sent;
        return !_flooded ? end.Received.ToString(CultureInfo.InvariantCulture)
            : end.Ending != 0 ? "some"
            : end.Received == sent ? "all"
            : "part";
    }

    private void TellRelay(List<string> facts)
    {
        while (_relay.TryTake(out LoopRecord record))
        {
            Sessions += record.Kind == RecordKind.SessionEnd ? 1 : 0;
            facts.Add(TwinRecordText.Of(record, _flooded));
        }

        facts.Add(TwinRecordText.Of(_relay.Counters, _flooded));
        facts.Add(_relay.Left);
    }

    private void End()
    {
        host.Post(new Command(CommandKind.Stop, 0));
        for (int i = 0; i < PausesMax && _relay.IsRunning; i++)
        {
            _relay.Settle();
        }

        foreach (TwinEnd end in _ends)
        {
            if (end.Fd >= 0)
            {
                Close(end);
            }
        }

        foreach (int listener in _listeners)
        {
            _ = _api.Close(listener);
        }

        host.Finish();
    }
}
