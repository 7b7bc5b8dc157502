using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Before a reset, what was accepted for that peer is given time to be acknowledged.</summary>
[TestFixture]
internal sealed class LingerTests
{
    [Test]
    public void The_reset_waits_for_the_acknowledgement([Values] bool byClient)
    {
        using LoopBench bench = new();
        (FakePeer from, FakePeer to) = bench.Ends(byClient);
        to.HoldIncoming();
        from.Send(LoopBench.Bytes(700));
        from.Reset();
        bench.Settle();
        Assert.That(bench.World.Marked(MarkId.LingerWaits), Is.EqualTo(1));
        bench.Pass(LoopBench.Second);
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1));

        to.HoldIncoming(false);
        bench.Pass(100 * LoopBench.Millisecond);
        Assert.That(to.Read(), Is.EqualTo(LoopBench.Bytes(700)));
        Assert.That(to.SawEnd, Is.EqualTo(PeerEnd.Reset));
        LoopRecord end = bench.TheEnd();
        Assert.That((end.LostUp, end.LostDown), Is.EqualTo((0L, 0L)));
        Assert.That(bench.World.Marked(MarkId.LingerExpired), Is.Zero);
        bench.AssertNothingLeft();
    }

    [Test]
    public void When_its_time_is_over_what_is_not_acknowledged_is_lost_and_counted([Values] bool byClient)
    {
        using LoopBench bench = new(new LoopOptions { Sessions = 4, LingerTimeout = 500 * LoopBench.Millisecond });
        (FakePeer from, FakePeer to) = bench.Ends(byClient);
        to.LimitIncoming(300);
        from.Send(LoopBench.Bytes(700));
        from.Reset();
        bench.Settle();
        long start = bench.World.Now;
        bench.Pass(499 * LoopBench.Millisecond);
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1), "not early");
        bench.Pass(2 * LoopBench.Millisecond);

        LoopRecord end = bench.TheEnd();
        Assert.That(end.EndedAt - start, Is.EqualTo(500 * LoopBench.Millisecond));
        Assert.That(byClient ? end.LostUp : end.LostDown, Is.EqualTo(400));
        Assert.That(byClient ? bench.Loop.Counters.LostUp : bench.Loop.Counters.LostDown, Is.EqualTo(400));
        Assert.That(bench.World.Marked(MarkId.LingerExpired), Is.EqualTo(1));
        Assert.That(to.Read(), Is.EqualTo(LoopBench.Bytes(300)));
        Assert.That(to.SawEnd, Is.EqualTo(PeerEnd.Reset));
        bench.AssertNothingLeft();
    }

    [Test]
    public void It_is_asked_after_1_4_16_40_ms_and_then_every_100()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        server.HoldIncoming();
        client.Send([1]);
        client.Reset();
        List<long> asked = [];
        for (int nth = 1; nth <= 8; nth++)
        {
            bench.World.Faults.Before(SyscallKind.Unacknowledged, () => asked.Add(bench.World.Now), nth);
        }

        long start = bench.World.Now;
        bench.Settle();
        bench.Pass(400 * LoopBench.Millisecond);

        List<double> after = asked.ConvertAll(at => (at - start) / (double)LoopBench.Millisecond);
        Assert.That(after, Is.EqualTo(new double[] { 0, 1, 5, 21, 61, 161, 261, 361 }));
    }

    [Test]
    public void Nobody_is_waited_for_who_has_everything_already()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        client.Send([1, 2]);
        client.Reset();
        bench.Settle();

        Assert.That(server.SawEnd, Is.EqualTo(PeerEnd.Reset));
        Assert.That(bench.World.Marked(MarkId.LingerWaits), Is.Zero);
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_fin_on_its_way_is_no_lost_byte()
    {
        using LoopBench bench = new(new LoopOptions { Sessions = 4, LingerTimeout = 100 * LoopBench.Millisecond });
        (FakePeer client, FakePeer server) = bench.Pair();
        server.HoldIncoming();
        client.Send(LoopBench.Bytes(5));
        client.Finish();
        bench.Settle();
        bench.Post(CommandKind.Drain, bench.World.Now + (10 * LoopBench.Millisecond));
        bench.Pass(LoopBench.Second);

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("KD"));
        Assert.That((end.Up, end.LostUp), Is.EqualTo((5L, 5L)));
    }

    [Test]
    public void A_peer_that_dies_while_it_is_waited_for_costs_no_more_than_the_linger_time()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        server.HoldIncoming();
        client.Send(LoopBench.Bytes(9));
        client.Reset();
        bench.Settle();
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1));
        server.Reset();
        bench.Pass(bench.Options.LingerTimeout + LoopBench.Millisecond);

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("CD"), "the first cause stays");
        Assert.That((end.Up, end.LostUp), Is.EqualTo((9L, 9L)));
        bench.AssertNothingLeft();
    }
}
