using System.Buffers.Binary;
using System.Collections.Generic;
using Lure.Core.Backends;
using Lure.Core.Kernel;

namespace Lure.Sim.Checking;

/// <content>
/// V23, how a backend chooses among those that it may: in turn and by weight, the one with less to do, or by the
/// client. Each is held to what it promises, not computed again. For one worker: others take places in between.
/// </content>
internal sealed partial class Ledger
{
    /// <summary>By server: what the rotation owes it.</summary>
    private readonly List<long> _credits = [];

    /// <summary>By backend: whom it chose last, by the place; -1 for nobody.</summary>
    private readonly List<int> _lastChosen = [];

    /// <summary>What clients were given: whose address, in which backend, among whom, and whom.</summary>
    private readonly List<(int Backend, uint Client, uint Among, int Chosen)> _bySource = [];

    /// <summary>A socket that could not be made: its server was chosen, and no call says which it was.</summary>
    private bool _choiceIsHidden;

    private void BeginBalance()
    {
        _credits.Clear();
        _lastChosen.Clear();
        _bySource.Clear();
        _choiceIsHidden = false;
        for (int i = 0; i < _topology.ServerCount; i++)
        {
            _credits.Add(0);
        }

        for (int i = 0; i < _topology.Backends.Length; i++)
        {
            _lastChosen.Add(-1);
        }
    }

    private void CheckBalance(SessionShadow session, BackendSpec backend, int first, int chosen, long now)
    {
        if (_choiceIsHidden)
        {
            return;
        }

        uint among = CandidatesWith(session, backend, first, chosen, now);
        int number = _simulation.Plan.Fronts[session.Listener].Backend;
        switch (backend.Balance)
        {
            case Balance.RoundRobin:
                CheckRotation(session, backend, first, chosen, among);
                break;
            case Balance.LeastConnections:
                CheckTurnOfEquals(session, backend, first, chosen, among, _lastChosen[number]);
                break;
            case Balance.RandomTwo:
                CheckNotTheFullest(session, backend, first, chosen, among);
                break;
            default:
                CheckSource(session, number, chosen, among);
                break;
        }

        _lastChosen[number] = chosen;
    }

    /// <summary>The servers of the same rank as the chosen one that could have been chosen as well, a bit each, with it.</summary>
    private uint CandidatesWith(SessionShadow session, BackendSpec backend, int first, int chosen, long now)
    {
        bool ejectedToo = IsEjected(first + chosen, now);
        uint among = 1u << chosen;
        for (int i = 0; i < backend.Servers.Length; i++)
        {
            bool equal = backend.Servers[i].Backup == backend.Servers[chosen].Backup;
            bool untried = i != chosen && !session.Servers.Contains(first + i);
            bool usable = ejectedToo || !IsEjected(first + i, now);
            among |= equal && untried && usable && HasPlace(backend.Servers[i], first + i) ? 1u << i : 0;
        }

        return among;
    }

    /// <summary>Smooth weighted rotation: all are credited their weight, the richest pays for all.</summary>
    private void CheckRotation(SessionShadow session, BackendSpec backend, int first, int chosen, uint among)
    {
        long total = 0;
        long highest = long.MinValue;
        for (int i = 0; i < backend.Servers.Length; i++)
        {
            if ((among & (1u << i)) != 0)
            {
                _credits[first + i] += backend.Servers[i].Weight;
                total += backend.Servers[i].Weight;
                highest = _credits[first + i] > highest ? _credits[first + i] : highest;
            }
        }

        if (_credits[first + chosen] != highest)
        {
            Fail(session, $"V23: it is not the turn of server {first + chosen + 1}, by the weights");
        }

        _credits[first + chosen] -= total;
    }

    /// <summary>Of those with equally little to do, not the same one again.</summary>
    private void CheckTurnOfEquals(
        SessionShadow session,
        BackendSpec backend,
        int first,
        int chosen,
        uint among,
        int last
    )
    {
        for (int i = 0; i < backend.Servers.Length && chosen == last; i++)
        {
            bool other = i != chosen && (among & (1u << i)) != 0;
            if (other && CompareLoad(backend, first, chosen, i) == 0)
            {
                Fail(
                    session,
                    $"V23: server {first + chosen + 1} again, and server {first + i + 1} has as little to do"
                );
            }
        }
    }

    /// <summary>Two are drawn and the better one is taken: the one with the most to do never is.</summary>
    private void CheckNotTheFullest(SessionShadow session, BackendSpec backend, int first, int chosen, uint among)
    {
        bool fullest = true;
        for (int i = 0; i < backend.Servers.Length; i++)
        {
            bool other = i != chosen && (among & (1u << i)) != 0;
            fullest &= !other || CompareLoad(backend, first, chosen, i) > 0;
        }

        if (fullest && among != 1u << chosen)
        {
            Fail(session, $"V23: server {first + chosen + 1} has more to do than all the others");
        }
    }

    /// <summary>
    /// The same client, the same server; and a server that is not there moves its own clients only: who was chosen
    /// among more is chosen among fewer, if it is one of them.
    /// </summary>
    private void CheckSource(SessionShadow session, int backend, int chosen, uint among)
    {
        uint client = HostOf(session.Address);
        foreach ((int otherBackend, uint otherClient, uint otherAmong, int other) in _bySource)
        {
            if ((otherBackend, otherClient) != (backend, client) || other == chosen)
            {
                continue;
            }

            bool isLess = (among & otherAmong) == among && (among & (1u << other)) != 0;
            bool isMore = (among & otherAmong) == otherAmong && (otherAmong & (1u << chosen)) != 0;
            if (isLess || isMore)
            {
                Fail(
                    session,
                    $"V23: its client is given the server at place {chosen + 1} of the backend, and was given that at {other + 1} before"
                );
            }
        }

        _bySource.Add((backend, client, among, chosen));
    }

    /// <summary>What the chosen server had to do before this session against what another one has: 0 for the same, by the weights.</summary>
    private long CompareLoad(BackendSpec backend, int first, int chosen, int other)
    {
        SharedState shared = _simulation.Workers.Shared;
        long before = shared.ServerSessions(first + chosen) - 1;
        long others = shared.ServerSessions(first + other);
        return (before * backend.Servers[other].Weight) - (others * backend.Servers[chosen].Weight);
    }

    /// <summary>An IPv4 address without its port; unix clients are all one.</summary>
    private static uint HostOf(in SocketAddress address) =>
        address.Family == SocketAddress.FamilyIPv4 ? BinaryPrimitives.ReadUInt32BigEndian(address.Bytes[4..]) : 0;
}
