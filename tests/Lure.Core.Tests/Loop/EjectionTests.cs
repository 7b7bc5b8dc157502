using System.Collections.Generic;
using System.Linq;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Sim;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>A server that fails too often in a row is left out for a while.</summary>
[TestFixture]
internal sealed class EjectionTests
{
    private const long EjectFor = 10 * LoopBench.Second;

    [Test]
    public void It_is_left_out_after_so_many_failures_and_comes_back_in_time()
    {
        using LoopBench bench = Bench(servers: 2);
        Refuse(bench, 0);
        Connect(bench, 6);
        List<LoopRecord> records = bench.TakeRecords();
        Assert.That(records.Select(record => record.Kind), Is.EqualTo(new[] { RecordKind.ServerEjected }));
        Assert.That((records[0].Server, records[0].EndedAt), Is.EqualTo((0, bench.World.Now + EjectFor)));
        Assert.That((records[0].Backend, records[0].Listener), Is.EqualTo((0, -1)), "it is no listener's");
        Assert.That(records[0].ServerErrno, Is.EqualTo(Errno.ConnectionRefused));
        Assert.That(bench.Loop.Counters.Ejections, Is.EqualTo(1));

        long connects = bench.Loop.Counters.Connects;
        Connect(bench, 6);
        Assert.That(bench.Loop.Counters.Connects - connects, Is.EqualTo(6), "nobody tries it");
        Accept(bench, 0);
        bench.World.Advance(EjectFor - 1);
        Connect(bench, 2);
        Assert.That(bench.Servers[0].Pending, Is.Zero, "not before its time");
        bench.World.Advance(1);
        Connect(bench, 2);
        Assert.That(bench.Servers[0].Pending, Is.EqualTo(1));
        Assert.That(bench.Shared.ServerFailures(0), Is.Zero);
    }

    /// <summary>It may have recovered; and what looked usable has just failed.</summary>
    [Test]
    public void One_that_is_left_out_is_tried_when_no_other_is_left()
    {
        using LoopBench bench = Bench(servers: 2);
        Refuse(bench, 0);
        Connect(bench, 6);
        Accept(bench, 0);
        Refuse(bench, 1);
        _ = bench.TakeRecords();
        Connect(bench, 4);

        Assert.That(bench.Servers[0].Pending, Is.EqualTo(4));
        Assert.That(bench.Ends(), Is.Empty, "no client is refused");
    }

    [Test]
    public void One_success_and_the_count_begins_anew()
    {
        using LoopBench bench = Bench(servers: 2);
        for (int round = 0; round < 4; round++)
        {
            Refuse(bench, 0);
            Connect(bench, 4);
            Assert.That(bench.Shared.ServerFailures(0), Is.EqualTo(2));
            Accept(bench, 0);
            Connect(bench, 2);
            Assert.That(bench.Shared.ServerFailures(0), Is.Zero);
        }

        Assert.That(bench.Loop.Counters.Ejections, Is.Zero);
    }

    [Test]
    public void The_last_one_that_is_usable_stays()
    {
        using LoopBench bench = Bench(servers: 2);
        Refuse(bench, 0);
        Refuse(bench, 1);
        Connect(bench, 20);

        Assert.That(bench.Loop.Counters.Ejections, Is.EqualTo(1));
        Assert.That(Enumerable.Range(0, 2).Count(i => bench.Shared.ServerEjectedUntil(i) == 0), Is.EqualTo(1));
    }

    /// <summary>Two workers can each eject the server that the other took for usable.</summary>
    [Test]
    public unsafe void When_all_are_left_out_all_are_tried()
    {
        using LoopBench bench = Bench(servers: 2);
        bench.Shared.Server(0)->EjectedUntil = bench.World.Now + EjectFor;
        bench.Shared.Server(1)->EjectedUntil = bench.World.Now + EjectFor;
        bench.Connect();

        Assert.That(bench.Loop.Counters.AllEjected, Is.EqualTo(1));
        Assert.That(bench.World.Marked(MarkId.AllEjected), Is.EqualTo(1));
        LoopRecord record = bench.TakeRecords().Single();
        Assert.That((record.Kind, record.Backend, record.Server), Is.EqualTo((RecordKind.AllEjected, 0, -1)));
        Assert.That(bench.Servers.Sum(server => server.Pending), Is.EqualTo(1));
    }

    [Test]
    public void A_reset_in_the_data_phase_is_no_failure_to_connect()
    {
        using LoopBench bench = Bench(servers: 2);
        for (int i = 0; i < 10; i++)
        {
            bench.Connect();
            bench.Servers[i % 2].Accept().Reset();
            bench.Settle();
        }

        Assert.That(bench.Loop.Counters.Ejections, Is.Zero);
        bench.AssertNothingLeft();
    }

    private static LoopBench Bench(int servers) =>
        new(servers: servers, backend: spec => spec with { EjectAfter = 3, EjectFor = EjectFor });

    private static void Refuse(LoopBench bench, int server) =>
        bench.World.OnConnect(LoopBench.ServerAddress(server), ConnectOutcome.FailsLater(Errno.ConnectionRefused));

    private static void Accept(LoopBench bench, int server) =>
        bench.World.OnConnect(LoopBench.ServerAddress(server), ConnectOutcome.Normal);

    private static void Connect(LoopBench bench, int times)
    {
        for (int i = 0; i < times; i++)
        {
            bench.Connect();
        }
    }
}
