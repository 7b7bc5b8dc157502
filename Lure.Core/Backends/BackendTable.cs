using System;
using System.Runtime.InteropServices;
using Lure.Analyzers;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Memory;

namespace Lure.Core.Backends;

/// <summary>A server as the loop reads it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ServerEntry
{
    public SocketAddress Address;
    public int Weight;

    /// <summary>0 for no limit.</summary>
    public int MaxSessions;

    /// <summary>Smooth weighted round-robin: what this server is owed.</summary>
    public int Credit;
    public bool Backup;

    /// <summary>Of its address: what the source hash knows it by, wherever it stands in the list.</summary>
    public ulong Key;
}

/// <summary>A backend as the loop reads it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BackendEntry
{
    /// <summary>Its servers are numbered from here.</summary>
    public int First;
    public int Count;
    public Balance Balance;
    public int Retries;

    /// <summary>0 for never.</summary>
    public int EjectAfter;
    public long EjectFor;

    /// <summary>Where a scan for the least loaded starts, so that equals take turns.</summary>
    public int Next;
}

/// <summary>The topology in native memory: what one worker chooses from.</summary>
[HotPath]
internal unsafe struct BackendTable
{
    private readonly BackendEntry* _backends;
    private readonly ServerEntry* _servers;

    [ColdPath("lays the table out, once", perTurnMax: 0)]
    public BackendTable(ref Arena arena, Topology topology)
    {
        _backends = arena.Take<BackendEntry>(topology.Backends.Length);
        _servers = arena.Take<ServerEntry>(topology.ServerCount);
        Count = topology.Backends.Length;
    }

    public int Count { get; }

    public readonly BackendEntry* Backend(int number) => _backends + number;

    public readonly ServerEntry* Server(int number) => _servers + number;

    /// <summary>Copies the topology in.</summary>
    /// <param name="topology">The one that the table was laid out for.</param>
    /// <param name="seed">Moves each worker's rotation, so that they do not all begin with the same server.</param>
    /// <exception cref="ArgumentException">Names the bound that a backend breaks.</exception>
    [ColdPath("copies the topology in, once", perTurnMax: 0)]
    public readonly void Fill(Topology topology, ulong seed)
    {
        int number = 0;
        for (int i = 0; i < Count; i++)
        {
            BackendSpec spec = topology.Backends[i];
            // What was tried is remembered in a fixed array: one more would be written behind it.
            Require(spec.Retries is >= 0 and < ConnectionDetails.TriedMax, nameof(spec.Retries), spec.Name);
            _backends[i] = new BackendEntry
            {
                First = number,
                Count = spec.Servers.Length,
                Balance = spec.Balance,
                Retries = spec.Retries,
                EjectAfter = spec.EjectAfter,
                EjectFor = spec.EjectFor,
                Next = spec.Servers.Length == 0 ? 0 : (int)(seed % (ulong)spec.Servers.Length),
            };
            foreach (ServerSpec server in spec.Servers)
            {
                Require(server.Weight is >= 1 and <= 256, nameof(server.Weight), server.Name);
                _servers[number++] = new ServerEntry
                {
                    Address = server.Address,
                    Weight = server.Weight,
                    MaxSessions = server.MaxSessions,
                    Backup = server.Backup,
                    Key = KeyOf(server.Address),
                };
            }
        }
    }

    [ColdPath("copies the topology in, once", perTurnMax: 0)]
    private static ulong KeyOf(in SocketAddress address)
    {
        ulong key = 0;
        foreach (byte part in address.Bytes)
        {
            key = Random64.Mix(key ^ part);
        }

        return key;
    }

    [ColdPath("checks the topology, once", perTurnMax: 0)]
    private static void Require(bool holds, string bound, string owner)
    {
        if (!holds)
        {
            throw new ArgumentException($"{bound} of {owner} is out of range", bound);
        }
    }
}
