using Lure.Analyzers;
using Lure.Core.Connections;

namespace Lure.Core.Backends;

/// <summary>
/// The servers of one backend that one session may be given, and the four ways to choose among
/// them. Answers are places in the backend; -1 when there is no candidate.
/// </summary>
[HotPath]
internal unsafe ref struct Candidates
{
    private readonly BackendTable _table;
    private readonly SharedState _shared;
    private readonly BackendEntry* _backend;
    private readonly ConnectionDetails* _session;
    private readonly bool _backup;
    private readonly bool _ejectedToo;
    private readonly long _now;

    public Candidates(
        BackendTable table,
        SharedState shared,
        BackendEntry* backend,
        ConnectionDetails* session,
        bool backup,
        bool ejectedToo,
        long now
    )
    {
        _table = table;
        _shared = shared;
        _backend = backend;
        _session = session;
        _backup = backup;
        _ejectedToo = ejectedToo;
        _now = now;
    }

    /// <summary>A server was left out only because it has no place.</summary>
    public bool SawFull { get; private set; }

    /// <summary>Smooth weighted round-robin: all are credited their weight, the richest pays for all.</summary>
    public int NextInTurn()
    {
        int best = -1;
        int total = 0;
        for (int step = 0; step < _backend->Count; step++)
        {
            int i = (_backend->Next + step) % _backend->Count;
            if (!Has(i))
            {
                continue;
            }

            ServerEntry* server = At(i);
            server->Credit += server->Weight;
            total += server->Weight;
            if (best < 0 || server->Credit > At(best)->Credit)
            {
                best = i;
            }
        }

        if (best >= 0)
        {
            At(best)->Credit -= total;
        }

        return best;
    }

    /// <summary>Fewest live sessions for its weight; among equals each in turn.</summary>
    public int LeastLoaded()
    {
        int best = -1;
        for (int step = 0; step < _backend->Count; step++)
        {
            int i = (_backend->Next + step) % _backend->Count;
            if (Has(i) && (best < 0 || IsLessLoaded(i, best)))
            {
                best = i;
            }
        }

        if (best >= 0)
        {
            _backend->Next = (best + 1) % _backend->Count;
        }

        return best;
    }

    /// <summary>Two drawn by weight, without putting back; the less loaded of them.</summary>
    public int BetterOfTwo(ref Random64 random)
    {
        int first = Draw(ref random, -1);
        int second = Draw(ref random, first);
        return second >= 0 && IsLessLoaded(second, first) ? second : first;
    }

    /// <summary>
    /// Rendezvous hashing: each server draws as many numbers as it has weight, from the client and
    /// itself; the highest wins. A server that leaves moves only its own clients.
    /// </summary>
    public int ByHash(ulong client)
    {
        int best = -1;
        ulong highest = 0;
        for (int i = 0; i < _backend->Count; i++)
        {
            if (!Has(i))
            {
                continue;
            }

            int weight = At(i)->Weight;
            for (int ticket = 0; ticket < weight; ticket++)
            {
                ulong drawn = Random64.Mix(client ^ Random64.Mix(At(i)->Key + (uint)ticket));
                if (best < 0 || drawn > highest)
                {
                    highest = drawn;
                    best = i;
                }
            }
        }

        return best;
    }

    private int Draw(ref Random64 random, int except)
    {
        int total = 0;
        for (int i = 0; i < _backend->Count; i++)
        {
            total += i != except && Has(i) ? At(i)->Weight : 0;
        }

        if (total == 0)
        {
            return -1;
        }

        int ticket = random.Below(total);
        int last = -1;
        for (int i = 0; i < _backend->Count && ticket >= 0; i++)
        {
            if (i != except && Has(i))
            {
                ticket -= At(i)->Weight;
                last = i;
            }
        }

        return last;
    }

    private bool Has(int i)
    {
        ServerEntry* server = At(i);
        int number = _backend->First + i;
        if (server->Backup != _backup || WasTried(i) || (!_ejectedToo && _shared.ServerEjectedUntil(number) > _now))
        {
            return false;
        }

        if (server->MaxSessions != 0 && _shared.ServerSessions(number) >= server->MaxSessions)
        {
            SawFull = true;
            return false;
        }

        return true;
    }

    private readonly bool WasTried(int i)
    {
        for (int k = 0; k < _session->TriedCount; k++)
        {
            if (_session->Tried[k] == i)
            {
                return true;
            }
        }

        return false;
    }

    private readonly bool IsLessLoaded(int i, int than) =>
        (long)_shared.ServerSessions(_backend->First + i) * At(than)->Weight
        < (long)_shared.ServerSessions(_backend->First + than) * At(i)->Weight;

    private readonly ServerEntry* At(int i) => _table.Server(_backend->First + i);
}
