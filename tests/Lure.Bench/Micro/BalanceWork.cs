using System.Collections.Immutable;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Records;
using Lure.Sim;

namespace Lure.Bench.Micro;

/// <summary>A server chosen, noted as failed and as good, and released.</summary>
internal sealed unsafe class BalanceWork : MicroWork
{
    private const int Servers = 5;
    private const int FirstPort = 9_000;
    private const long Second = 1_000_000_000;

    private Balancer _balancer;

    public BalanceWork(Balance balance)
    {
        ImmutableArray<ServerSpec>.Builder servers = ImmutableArray.CreateBuilder<ServerSpec>();
        for (int i = 0; i < Servers; i++)
        {
            servers.Add(
                new ServerSpec
                {
                    Name = "s",
                    Address = FakeAddress.IPv4(FirstPort + i),
                    Weight = 1 + i,
                    Backup = i == Servers - 1,
                }
            );
        }

        BackendSpec backend = new()
        {
            Name = "b",
            Servers = servers.DrainToImmutable(),
            Balance = balance,
            EjectAfter = 2,
            EjectFor = Second,
        };
        Topology topology = new() { Backends = [backend], Listeners = 1 };
        BackendTable table = new(ref Memory, topology);
        table.Fill(topology, seed: 1);
        SharedState shared = new(ref Memory, listeners: 1, Servers, sessionsMax: 1, descriptorsMax: 2);
        _balancer = new Balancer(table, shared, seed: 1);
    }

    public override void Run(int operations)
    {
        ConnectionDetails session = default;
        for (int i = 0; i < operations; i++)
        {
            session.TriedCount = 0;
            session.Client = ClientAddress.From(FakeAddress.IPv4(i & ushort.MaxValue));
            long now = i * (Second / 10);
            int server = _balancer.Choose(&session, now, out _);
            _ = _balancer.NoteFailure(backend: 0, server, now);
            if (i % 3 == 0)
            {
                _balancer.NoteSuccess(server);
            }

            _balancer.Release(&session);
        }
    }
}
