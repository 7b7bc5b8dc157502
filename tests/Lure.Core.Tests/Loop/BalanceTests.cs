using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Which server a session is given.</summary>
[TestFixture]
internal sealed class BalanceTests
{
    private static readonly int[] Smooth = [0, 0, 1, 0, 2, 0, 0];

    [Test]
    public void Round_robin_by_weight_is_exact_and_spread_out()
    {
        using LoopBench bench = new(servers: 3, backend: spec => Weighted(spec, 5, 1, 1));
        List<int> order = [];
        for (int i = 0; i < 14; i++)
        {
            order.Add(Visit(bench));
        }

        Assert.That(order, Is.EqualTo((int[])[.. Smooth, .. Smooth]));
    }

    [Test]
    public void The_least_loaded_for_its_weight_is_next()
    {
        using LoopBench bench = new(
            servers: 3,
            backend: spec => Weighted(spec, 1, 2, 1) with { Balance = Balance.LeastConnections }
        );
        List<FakePeer> clients = [];
        for (int i = 0; i < 8; i++)
        {
            clients.Add(bench.Connect());
        }

        Assert.That(Loads(bench), Is.EqualTo(new[] { 2, 4, 2 }));
        FakePeer server = bench.Servers[2].Accept();
        server.Reset();
        bench.Settle();
        Assert.That(Visit(bench), Is.EqualTo(2));
    }

    [Test]
    public void Of_two_drawn_the_more_loaded_is_not_taken()
    {
        using LoopBench bench = new(servers: 3, backend: spec => spec with { Balance = Balance.RandomTwo });
        for (int i = 0; i < 60; i++)
        {
            int[] before = Loads(bench);
            int chosen = Visit(bench);
            bool isAloneAtTheTop = before.Count(load => load >= before[chosen]) == 1;
            Assert.That(isAloneAtTheTop, Is.False, $"{string.Join(",", before)} -> {chosen}");
        }

        Assert.That(Loads(bench).Max() - Loads(bench).Min(), Is.LessThanOrEqualTo(4));
    }

    [Test]
    public void A_client_is_given_the_same_server_whatever_its_port_and_however_its_address_is_written()
    {
        using LoopBench bench = new(servers: 4, backend: Hashed);
        HashSet<int> used = [];
        for (byte host = 1; host <= 16; host++)
        {
            int first = Visit(bench, FakeAddress.IPv4(10, 0, 0, host, 1000));
            Assert.That(Visit(bench, FakeAddress.IPv4(10, 0, 0, host, 2000)), Is.EqualTo(first));
            Assert.That(Visit(bench, Mapped(10, 0, 0, host)), Is.EqualTo(first));
            used.Add(first);
        }

        Assert.That(used, Has.Count.EqualTo(4), "16 clients meet all of 4 servers");
    }

    [Test]
    public void A_server_is_known_by_its_address_wherever_it_stands_in_the_list()
    {
        using LoopBench bench = new(servers: 4, backend: Hashed);
        using LoopBench turned = new(
            servers: 4,
            backend: spec => Hashed(spec) with { Servers = [.. spec.Servers.Reverse()] }
        );
        for (byte host = 1; host <= 16; host++)
        {
            int place = Visit(bench, FakeAddress.IPv4(10, 0, 0, host, 1000));
            int last = turned.Servers.Count - 1;
            Assert.That(Visit(turned, FakeAddress.IPv4(10, 0, 0, host, 1000)), Is.EqualTo(last - place));
        }
    }

    [Test]
    public void A_server_that_leaves_moves_its_own_clients_only()
    {
        using LoopBench bench = new(servers: 3, backend: Hashed, sessionsMax: 64);
        int[] before = Visits(bench);
        bench.Servers[1].Close();
        int[] after = Visits(bench);

        for (int i = 0; i < before.Length; i++)
        {
            Assert.That(after[i], before[i] == 1 ? Is.Not.EqualTo(1) : Is.EqualTo(before[i]), $"client {i}");
        }

        Assert.That(before, Does.Contain(1));
    }

    [Test]
    public void A_backup_serves_when_no_other_can()
    {
        using LoopBench bench = new(
            servers: 2,
            backend: spec => spec with { Servers = [spec.Servers[0] with { Backup = true }, spec.Servers[1]] }
        );
        Assert.That(new[] { Visit(bench), Visit(bench), Visit(bench) }, Is.All.EqualTo(1));
        bench.Servers[1].Close();
        Assert.That(Visit(bench), Is.Zero);
        Assert.That(bench.World.Marked(MarkId.NextServer), Is.EqualTo(1));
    }

    [Test]
    public void A_servers_limit_is_exact_and_then_the_session_is_SQ([Values] Balance balance)
    {
        using LoopBench bench = new(
            servers: 2,
            backend: spec =>
                spec with
                {
                    Balance = balance,
                    Servers = [.. spec.Servers.Select(server => server with { MaxSessions = 2 })],
                }
        );
        for (int i = 0; i < 4; i++)
        {
            bench.Connect();
        }

        Assert.That(Loads(bench), Is.EqualTo(new[] { 2, 2 }));
        FakePeer refused = bench.Connect();
        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("SQ"));
        Assert.That((end.Server, end.ServerSessions, end.ConnectStartedAt), Is.EqualTo((-1, 0, 0L)));
        Assert.That(refused.SawEnd, Is.EqualTo(PeerEnd.Reset));

        bench.Servers[1].Accept().Reset();
        bench.Settle();
        Assert.That(Visit(bench), Is.EqualTo(1), "the place is free again");
    }

    [Test]
    public void A_backend_without_servers_is_SC()
    {
        using LoopBench bench = new(servers: 1, backend: spec => spec with { Servers = [] });
        FakePeer client = bench.Connect();

        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("SC"));
        Assert.That(bench.Loop.Counters.AllEjected, Is.Zero);
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Reset));
        bench.AssertNothingLeft();
    }

    [Test]
    public void More_retries_than_can_be_remembered_are_refused_at_start()
    {
        Assert.That(
            () => new LoopBench(servers: 12, backend: spec => spec with { Retries = 8 }),
            Throws.ArgumentException.With.Message.StartsWith("Retries of b is out of range")
        );
        Assert.That(
            () => new LoopBench(backend: spec => Weighted(spec, 0)),
            Throws.ArgumentException.With.Message.StartsWith("Weight of s0 is out of range")
        );
    }

    private static BackendSpec Hashed(BackendSpec spec) => spec with { Balance = Balance.Source };

    private static BackendSpec Weighted(BackendSpec spec, params int[] weights)
    {
        ImmutableArray<ServerSpec> servers =
        [
            .. spec.Servers.Select((server, i) => server with { Weight = weights[i] }),
        ];
        return spec with { Servers = servers };
    }

    private static int[] Loads(LoopBench bench) =>
        [.. Enumerable.Range(0, bench.Servers.Count).Select(bench.Shared.ServerSessions)];

    private static int[] Visits(LoopBench bench) =>
        [.. Enumerable.Range(1, 20).Select(host => Visit(bench, FakeAddress.IPv4(10, 0, 0, (byte)host, 1000)))];

    /// <summary>Connects one more client, and says which server it was given.</summary>
    private static int Visit(LoopBench bench, SocketAddress from = default)
    {
        int[] before = Loads(bench);
        bench.World.Connect(LoopBench.Front, from);
        bench.Settle();
        int[] after = Loads(bench);
        return Enumerable.Range(0, after.Length).Single(i => after[i] > before[i]);
    }

    private static SocketAddress Mapped(byte a, byte b, byte c, byte d)
    {
        SocketAddress address = FakeAddress.IPv6(3000);
        address.Buffer[8..24].Clear();
        address.Buffer[18] = address.Buffer[19] = 0xFF;
        (address.Buffer[20], address.Buffer[21], address.Buffer[22], address.Buffer[23]) = (a, b, c, d);
        return address;
    }
}
