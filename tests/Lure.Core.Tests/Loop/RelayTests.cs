using System;
using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Bytes both ways, whole and in order, and what a blocked side holds up.</summary>
[TestFixture]
internal sealed class RelayTests
{
    [Test]
    public void A_byte_leaves_in_the_turn_in_which_it_arrived()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();

        client.Send([1, 2, 3]);
        bench.Loop.RunTurn();

        Assert.That(server.Read(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void A_whole_session_ends_as_it_should([Values] bool clientFirst)
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        client.Send(LoopBench.Bytes(100));
        bench.Settle();
        server.Send(LoopBench.Bytes(300));
        bench.Settle();

        (FakePeer first, FakePeer second) = clientFirst ? (client, server) : (server, client);
        first.Finish();
        bench.Settle();
        Assert.That(second.SawEnd, Is.EqualTo(PeerEnd.Fin), "the FIN is passed on");
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1), "the other direction stays open");
        second.Finish();
        bench.Settle();

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("--"));
        Assert.That((end.Up, end.Down, end.LostUp, end.LostDown), Is.EqualTo((100L, 300L, 0L, 0L)));
        Assert.That((end.ClientEnd, end.ServerEnd), Is.EqualTo((EndKind.Fin, EndKind.Fin)));
        Assert.That((end.ClientOut, end.ServerOut), Is.EqualTo((EndKind.Fin, EndKind.Fin)));
        Assert.That(end.ServerEndedFirst, Is.EqualTo(!clientFirst));
        Assert.That(first.SawEnd, Is.EqualTo(PeerEnd.Fin));
        Assert.That(client.Read(), Is.EqualTo(LoopBench.Bytes(300)));
        bench.AssertNothingLeft();
    }

    /// <summary>Sizes around every border of tiny blocks, budgets and windows; each way in turn.</summary>
    [Test]
    public void Every_size_arrives_whole([Range(0, 40)] int size, [Values(2, 8)] int block, [Values(3, 64)] int window)
    {
        LoopOptions options = new()
        {
            Sessions = 4,
            BlockBytes = block,
            BatchReads = 2,
            BytesPerTurn = 5,
        };
        using LoopBench bench = new(options, new WorldOptions { SendBuffer = 4 * window });
        (FakePeer client, FakePeer server) = bench.Pair();
        server.Window = window;
        client.Window = window;

        byte[] up = LoopBench.Bytes(size, 1);
        byte[] down = LoopBench.Bytes(size, 2);
        List<byte> atServer = Transfer(bench, client, server, up);
        List<byte> atClient = Transfer(bench, server, client, down);

        Assert.That(atServer, Is.EqualTo(up));
        Assert.That(atClient, Is.EqualTo(down));
        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("--"));
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_stuck_reader_stops_its_own_sender_only()
    {
        LoopOptions options = new()
        {
            Sessions = 4,
            BlockBytes = 16,
            BatchReads = 2,
            BytesPerTurn = 64,
        };
        using LoopBench bench = new(options, new WorldOptions { SendBuffer = 32, ReceiveBuffer = 32 });
        (FakePeer stuckClient, FakePeer stuckServer) = bench.Pair();
        (FakePeer client, FakePeer server) = bench.Pair();
        stuckServer.Window = 0;

        int accepted = 0;
        for (int sent = 1; sent > 0; bench.Settle())
        {
            sent = stuckClient.TrySend(LoopBench.Bytes(8));
            accepted += sent > 0 ? sent : 0;
        }

        client.Send([7]);
        bench.Settle();
        Assert.That(server.Read(), Is.EqualTo(new byte[] { 7 }), "the neighbour is not held up");
        Assert.That(accepted, Is.LessThanOrEqualTo(32 + 32 + 32 + 16), "two buffers of each socket and one block");
        Assert.That(bench.Loop.BlocksInUse, Is.EqualTo(1));
        Assert.That(bench.World.Marked(MarkId.Blocked), Is.Positive);

        stuckServer.Window = 1024;
        List<byte> arrived = [];
        for (byte[] some = [0]; some.Length > 0; )
        {
            bench.Settle();
            some = stuckServer.Read();
            arrived.AddRange(some);
        }

        Assert.That(arrived, Has.Count.EqualTo(accepted));
    }

    [Test]
    public void A_fast_peer_is_given_no_more_than_its_budget_in_a_turn()
    {
        LoopOptions options = new()
        {
            Sessions = 4,
            BlockBytes = 8,
            BatchReads = 2,
            BytesPerTurn = 20,
        };
        using LoopBench bench = new(options);
        (FakePeer fast, FakePeer fastServer) = bench.Pair();
        (FakePeer slow, FakePeer slowServer) = bench.Pair();
        fast.Send(LoopBench.Bytes(100));
        slow.Send([1]);

        bench.Loop.RunTurn();

        Assert.That(fastServer.Readable, Is.EqualTo(20));
        Assert.That(slowServer.Readable, Is.EqualTo(1));
        Assert.That(bench.World.Marked(MarkId.BudgetSpent), Is.Positive);
        bench.Settle();
        Assert.That(fastServer.Read(), Is.EqualTo(LoopBench.Bytes(100)));
    }

    [Test]
    public void Bytes_that_come_while_others_wait_go_out_behind_them()
    {
        LoopOptions options = new()
        {
            Sessions = 4,
            BlockBytes = 16,
            BatchReads = 2,
        };
        using LoopBench bench = new(options, new WorldOptions { SendBuffer = 4 });
        (FakePeer client, FakePeer server) = bench.Pair();
        server.Window = 4;
        client.Send(LoopBench.Bytes(4));
        bench.Settle();
        client.Send(LoopBench.Bytes(4, 4));
        bench.Settle();
        List<byte> arrived = [.. server.Read()];
        bench.Settle();
        for (int i = 0; i < 10; i++)
        {
            client.TrySend(LoopBench.Bytes(4, 8 + (4 * i)));
            bench.Settle();
            arrived.AddRange(server.Read());
            bench.Settle();
        }

        arrived.AddRange(server.Read());
        Assert.That(arrived.GetRange(0, 8), Is.EqualTo((byte[])[.. LoopBench.Bytes(4), .. LoopBench.Bytes(4, 4)]));
    }

    [Test]
    public void A_fin_behind_the_last_bytes_is_seen_although_the_read_was_short()
    {
        using LoopBench bench = new();
        FakePeer client = bench.World.Connect(LoopBench.Front);
        client.Send(LoopBench.Bytes(1000));
        client.Finish();
        bench.Settle();
        FakePeer server = bench.Servers[0].Accept();

        Assert.That(server.Read(), Is.EqualTo(LoopBench.Bytes(1000)));
        Assert.That(server.SawEnd, Is.EqualTo(PeerEnd.Fin));
    }

    [Test]
    public void Bytes_are_early_while_the_server_is_connected_to([Values] bool early)
    {
        using LoopBench bench = new();
        bench.World.OnConnect(
            LoopBench.ServerAddress(0),
            early ? ConnectOutcome.Delayed(LoopBench.Second) : ConnectOutcome.Normal
        );
        FakePeer client = bench.Connect();
        client.Send([1]);
        bench.Settle();
        bench.Pass(2 * LoopBench.Second);

        Assert.That(bench.Servers[0].Accept().Read(), Is.EqualTo(new byte[] { 1 }));
        Assert.That(bench.World.Marked(MarkId.EarlyBytes), Is.EqualTo(early ? 1 : 0));
    }

    private static List<byte> Transfer(LoopBench bench, FakePeer from, FakePeer to, byte[] bytes)
    {
        List<byte> arrived = [];
        int sent = 0;
        while (sent < bytes.Length)
        {
            int taken = from.TrySend(bytes.AsSpan(sent));
            sent += taken > 0 ? taken : 0;
            bench.Settle();
            byte[] some = to.Read();
            Assert.That(taken > 0 || some.Length > 0, Is.True, "nothing moves any more");
            arrived.AddRange(some);
            bench.Settle();
        }

        from.Finish();
        for (byte[] last = [0]; last.Length > 0; )
        {
            bench.Settle();
            last = to.Read();
            arrived.AddRange(last);
        }

        bench.Settle();
        Assert.That(to.SawEnd, Is.EqualTo(PeerEnd.Fin));
        return arrived;
    }
}
