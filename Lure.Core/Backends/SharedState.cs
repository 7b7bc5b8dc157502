using System.Runtime.InteropServices;
using System.Threading;
using Lure.Analyzers;
using Lure.Core.Memory;

namespace Lure.Core.Backends;

/// <summary>
/// What the workers of a process share: a line for the process, one per listener, one per server.
/// Touched with interlocked adds, and only when a session opens, connects or ends.
/// </summary>
/// <remarks>
/// A limit is exact and nobody waits: compare, and add if nobody was faster. To add first and take
/// back if over was rejected, because a third worker sees a full count meanwhile and refuses a
/// session that has a place; so was a share of the limit for each worker.
/// </remarks>
[HotPath]
public sealed unsafe class SharedState
{
    private const int DescriptorsPerSession = 2;

    private readonly ProcessLine* _process;
    private readonly ListenerLine* _listeners;
    private readonly ServerLine* _servers;

    /// <param name="arena">Where the lines live.</param>
    /// <param name="listeners">How many.</param>
    /// <param name="servers">How many.</param>
    /// <param name="sessionsMax">Live sessions of the process at most.</param>
    /// <param name="descriptorsMax">Descriptors that sessions may hold at most; two are promised to each before it is accepted.</param>
    [ColdPath("takes its memory, once", perTurnMax: 0)]
    public SharedState(ref Arena arena, int listeners, int servers, int sessionsMax, int descriptorsMax)
    {
        _process = arena.Take<ProcessLine>(1);
        _listeners = arena.Take<ListenerLine>(listeners);
        _servers = arena.Take<ServerLine>(servers);
        SessionsMax = sessionsMax;
        DescriptorsMax = descriptorsMax;
    }

    public int SessionsMax { get; }

    public int DescriptorsMax { get; }

    public int Sessions => Volatile.Read(ref _process->Sessions);

    /// <summary>Promised, whether open yet or not.</summary>
    public int Descriptors => Volatile.Read(ref _process->Descriptors);

    /// <summary>Takes a place for one session and both its descriptors.</summary>
    public bool TryReserveSession()
    {
        if (!TryAdd(ref _process->Sessions, 1, SessionsMax))
        {
            return false;
        }

        if (!TryAdd(ref _process->Descriptors, DescriptorsPerSession, DescriptorsMax))
        {
            Interlocked.Decrement(ref _process->Sessions);
            return false;
        }

        return true;
    }

    /// <summary>Adds unless that would go over a limit; what others see is never over it.</summary>
    internal static bool TryAdd(ref int counter, int amount, int max)
    {
        int seen = Volatile.Read(ref counter);
        while (seen <= max - amount)
        {
            int before = Interlocked.CompareExchange(ref counter, seen + amount, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    public void ReleaseSession()
    {
        Interlocked.Add(ref _process->Descriptors, -DescriptorsPerSession);
        Interlocked.Decrement(ref _process->Sessions);
    }

    public int ListenerSessions(int listener) => Volatile.Read(ref _listeners[listener].Sessions);

    public void AddListenerSession(int listener) => Interlocked.Increment(ref _listeners[listener].Sessions);

    public void RemoveListenerSession(int listener) => Interlocked.Decrement(ref _listeners[listener].Sessions);

    internal ServerLine* Server(int number) => _servers + number;

    /// <summary>Live sessions of a server, connecting ones included.</summary>
    public int ServerSessions(int server) => Volatile.Read(ref _servers[server].Sessions);

    /// <summary>Failed connects since the last one that worked.</summary>
    public int ServerFailures(int server) => Volatile.Read(ref _servers[server].Failures);

    /// <summary>Until when it is left out, in the time of the kernel's clock; 0 when it never was.</summary>
    public long ServerEjectedUntil(int server) => Volatile.Read(ref _servers[server].EjectedUntil);

    /// <summary>Leaves a server out, whatever its failures are.</summary>
    public void Eject(int server, long until) => Volatile.Write(ref _servers[server].EjectedUntil, until);

    /// <summary>A line each: two counters on one line would make workers pay for each other's sessions.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct ProcessLine
    {
        public int Sessions;
        public int Descriptors;
    }

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct ListenerLine
    {
        public int Sessions;
    }
}

/// <summary>What the workers know together about one server.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct ServerLine
{
    public int Sessions;
    public int Failures;
    public long EjectedUntil;
}
