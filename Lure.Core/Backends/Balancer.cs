using System.Threading;
using Lure.Analyzers;
using Lure.Core.Connections;

namespace Lure.Core.Backends;

/// <summary>
/// Chooses the server of a session, keeps its place in the count, and leaves out servers that fail.
/// Runs once a session: it walks all servers of the backend.
/// </summary>
[HotPath]
internal unsafe struct Balancer
{
    /// <summary>Every server was tried, or there is none.</summary>
    public const int NoneLeft = -1;

    /// <summary>Servers are usable, but have no place.</summary>
    public const int AllFull = -2;

    private readonly BackendTable _table;
    private readonly SharedState _shared;
    private Random64 _random;

    public Balancer(BackendTable table, SharedState shared, ulong seed)
    {
        _table = table;
        _shared = shared;
        _random = new Random64(seed);
    }

    /// <summary>What a server must be to be chosen; each is tried only when the one before found nothing.</summary>
    private enum Tier
    {
        Primary,
        Backup,
        EjectedPrimary,
        EjectedBackup,
        Count,
    }

    /// <summary>Chooses a server and takes a place there; it is given back by <see cref="Release"/>.</summary>
    /// <param name="session">Its backend, its client, and what it has tried; the choice is noted there.</param>
    /// <param name="now">ns.</param>
    /// <param name="allEjected">Every server was ejected, so ejection was ignored.</param>
    /// <returns>The server's number, <see cref="NoneLeft"/> or <see cref="AllFull"/>.</returns>
    public int Choose(ConnectionDetails* session, long now, out bool allEjected)
    {
        BackendEntry* backend = _table.Backend(session->Backend);
        allEjected = AreAllEjected(backend, now);
        bool full = false;
        for (Tier tier = Tier.Primary; tier < Tier.Count; tier++)
        {
            // Those that look usable may all have failed this session: then one that is left out is
            // a better try than none. Not when one of them merely has no place.
            if (tier == Tier.EjectedPrimary && full)
            {
                break;
            }

            // A place can be lost to another worker between looking and taking; then the server
            // looks full, and each round has one candidate less.
            for (int round = 0; round <= backend->Count; round++)
            {
                int chosen = Pick(backend, session, tier, now, ref full);
                if (chosen < 0)
                {
                    break;
                }

                if (TryTakePlace(backend->First + chosen))
                {
                    session->Tried[session->TriedCount++] = (ushort)chosen;
                    session->Server = backend->First + chosen;
                    session->LastServer = session->Server;
                    return session->Server;
                }
            }
        }

        return full ? AllFull : NoneLeft;
    }

    /// <summary>The session no longer counts for its server.</summary>
    public readonly void Release(ConnectionDetails* session)
    {
        if (session->Server >= 0)
        {
            Interlocked.Decrement(ref _shared.Server(session->Server)->Sessions);
            session->Server = -1;
        }
    }

    /// <summary>A connect worked: failures in a row are over.</summary>
    public readonly void NoteSuccess(int server)
    {
        ServerLine* line = _shared.Server(server);
        if (Volatile.Read(ref line->Failures) != 0)
        {
            Volatile.Write(ref line->Failures, 0);
            Volatile.Write(ref line->EjectedUntil, 0);
        }
    }

    /// <summary>A connect failed by the server's fault.</summary>
    /// <returns>True for the one caller whose failure ejected it.</returns>
    public readonly bool NoteFailure(int backend, int server, long now)
    {
        BackendEntry* entry = _table.Backend(backend);
        ServerLine* line = _shared.Server(server);
        int failures = Interlocked.Increment(ref line->Failures);
        if (entry->EjectAfter == 0 || failures < entry->EjectAfter || !AnotherUsable(entry, server, now))
        {
            return false;
        }

        long until = Volatile.Read(ref line->EjectedUntil);
        return until <= now
            && Interlocked.CompareExchange(ref line->EjectedUntil, now + entry->EjectFor, until) == until;
    }

    /// <summary>Live sessions of all servers of a backend.</summary>
    public readonly int Sessions(int backend)
    {
        BackendEntry* entry = _table.Backend(backend);
        int sum = 0;
        for (int i = 0; i < entry->Count; i++)
        {
            sum += _shared.ServerSessions(entry->First + i);
        }

        return sum;
    }

    private readonly bool TryTakePlace(int server)
    {
        int max = _table.Server(server)->MaxSessions;
        return SharedState.TryAdd(ref _shared.Server(server)->Sessions, 1, max == 0 ? int.MaxValue : max);
    }

    private int Pick(BackendEntry* backend, ConnectionDetails* session, Tier tier, long now, ref bool full)
    {
        var candidates = new Candidates(
            _table,
            _shared,
            backend,
            session,
            tier is Tier.Backup or Tier.EjectedBackup,
            tier >= Tier.EjectedPrimary,
            now
        );
        int chosen = backend->Balance switch
        {
            Balance.LeastConnections => candidates.LeastLoaded(),
            Balance.RandomTwo => candidates.BetterOfTwo(ref _random),
            Balance.Source => candidates.ByHash(ClientHash.Of(session->Client)),
            _ => candidates.NextInTurn(),
        };
        full |= candidates.SawFull;
        return chosen;
    }

    private readonly bool AreAllEjected(BackendEntry* backend, long now)
    {
        for (int i = 0; i < backend->Count; i++)
        {
            if (_shared.ServerEjectedUntil(backend->First + i) <= now)
            {
                return false;
            }
        }

        return backend->Count > 0;
    }

    private readonly bool AnotherUsable(BackendEntry* backend, int server, long now)
    {
        for (int i = 0; i < backend->Count; i++)
        {
            int other = backend->First + i;
            if (other != server && _shared.ServerEjectedUntil(other) <= now)
            {
                return true;
            }
        }

        return false;
    }
}
