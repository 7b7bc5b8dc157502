using System.Collections.Generic;
using System.Linq;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>A session whose memory was spoilt: no sound loop gets there, so the test spoils it.</summary>
[TestFixture]
internal sealed class SelfCheckTests
{
    private const ulong FirstSession = 1;

    [Test]
    public void A_session_that_contradicts_itself_is_ended_and_told_alone()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        (FakePeer other, FakePeer otherServer) = bench.Pair();

        bench.Spoil(FirstSession, flags => flags | ConnectionFlags.Full);
        client.Send([1]);
        other.Send([2]);
        bench.Settle();

        List<LoopRecord> records = bench.TakeRecords();
        Assert.That(bench.World.Marked(MarkId.SelfCheckFailed), Is.EqualTo(1));
        Assert.That(bench.Loop.Counters.SelfChecksFailed, Is.EqualTo(1));
        Assert.That(
            records.Select(record => record.Kind),
            Is.EqualTo(new[] { RecordKind.SelfCheckFailed, RecordKind.SessionEnd })
        );
        Assert.That(((ConnectionFlags)records[0].Flags).Has(ConnectionFlags.Full), Is.True, "the flags as they were");
        Assert.That((records[0].Id, records[0].Listener), Is.EqualTo((FirstSession, 0)));
        Assert.That((records[1].Id, LoopBench.CodeOf(records[1])), Is.EqualTo((FirstSession, "ID")));
        Assert.That((client.SawEnd, server.SawEnd), Is.EqualTo((PeerEnd.Reset, PeerEnd.Reset)));
        Assert.That(otherServer.Read(), Is.EqualTo(new byte[] { 2 }));
    }

    /// <summary>Its slot is free at once: neither a timer nor a turn may be left for it.</summary>
    [Test]
    public void One_that_was_about_to_be_timed_leaves_no_timer()
    {
        using LoopBench bench = new();
        (FakePeer client, _) = bench.Pair();
        bench.Spoil(FirstSession, flags => flags | ConnectionFlags.Full | ConnectionFlags.TimerDue);
        client.Send([1]);
        bench.Settle();

        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("ID"));
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_block_that_no_flag_tells_of_is_found([Values] Side side)
    {
        using LoopBench bench = new(world: new WorldOptions { SendBuffer = 8 });
        (FakePeer client, FakePeer server) = bench.Pair();
        FakePeer from = side == Side.Client ? server : client;
        FakePeer to = side == Side.Client ? client : server;
        to.HoldIncoming();
        from.Send(LoopBench.Bytes(100));
        bench.Settle();
        Assert.That(bench.Loop.BlocksInUse, Is.EqualTo(1));

        bench.Spoil(FirstSession, flags => flags & ~ConnectionFlags.Pending.On(side));
        to.Send([1]);
        bench.Settle();

        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("ID"));
        bench.AssertNothingLeft();
    }

    /// <summary>A slot that looks free while its timer runs: whose session would be timed is not known any more.</summary>
    [Test]
    public void A_timer_of_a_slot_that_is_free_ends_the_process()
    {
        using LoopBench bench = new();
        bench.Pair();
        bench.Spoil(FirstSession, _ => ConnectionFlags.None);

        Assert.That(
            () => bench.Pass(LoopBench.Second * 3600),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("no timer runs for a slot that is free")
        );
    }
}
