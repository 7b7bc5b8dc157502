using System.Collections.Generic;
using System.Linq;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>What workers do to each other through the lines that they share.</summary>
[TestFixture]
internal sealed class WorkersTests
{
    [Test]
    public void The_limit_of_the_process_is_exact([Values(2, 3)] int workers)
    {
        using WorkersBench bench = new(workers, sessionsMax: 5);
        bench.Connect(9);

        Assert.That((bench.Sessions, bench.Shared.Sessions), Is.EqualTo((5, 5)));
        Assert.That(bench.Shared.Descriptors, Is.EqualTo(10));
    }

    [Test]
    public void A_servers_limit_is_exact_though_another_worker_takes_the_place_meanwhile()
    {
        using WorkersBench bench = new(2, sessionsMax: 16, server: spec => spec with { MaxSessions = 1 });
        bench.World.Faults.Before(SyscallKind.Accept, () => bench.Loops[1].RunTurn());
        bench.Connect(6);

        Assert.That(bench.Sessions, Is.EqualTo(2));
        Assert.That((bench.Shared.ServerSessions(0), bench.Shared.ServerSessions(1)), Is.EqualTo((1, 1)));
        List<LoopRecord> refused = [.. bench.TakeRecords()];
        Assert.That(refused.Select(end => LoopBench.CodeOf(end)), Is.EqualTo(Enumerable.Repeat("SQ", 4)));
    }

    [Test]
    public void All_counts_return_to_zero()
    {
        using WorkersBench bench = new(3, sessionsMax: 32);
        List<FakePeer> clients = bench.Connect(12);
        Assert.That(bench.Loops.Select(loop => loop.Sessions), Is.All.EqualTo(4), "the group is served in turn");
        clients.ForEach(client => client.Reset());
        bench.Settle();

        Assert.That((bench.Shared.Sessions, bench.Shared.Descriptors), Is.EqualTo((0, 0)));
        Assert.That(bench.Shared.ListenerSessions(0), Is.Zero);
        Assert.That((bench.Shared.ServerSessions(0), bench.Shared.ServerSessions(1)), Is.EqualTo((0, 0)));
        List<LoopRecord> ends = [.. bench.TakeRecords()];
        Assert.That(ends.Select(end => end.Id).Distinct().Count(), Is.EqualTo(12), "ids differ between workers");
        Assert.That(ends.Select(end => end.Worker).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public void An_ejection_is_made_and_told_once()
    {
        using WorkersBench bench = new(3, sessionsMax: 32);
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.FailsLater(Errno.ConnectionRefused));
        bench.Connect(18);

        Assert.That(bench.Loops.Sum(loop => loop.Counters.Ejections), Is.EqualTo(1));
        Assert.That(bench.TakeRecords().Select(record => record.Kind), Is.EqualTo(new[] { RecordKind.ServerEjected }));
        Assert.That(bench.Shared.ServerSessions(1), Is.EqualTo(18));
    }

    [Test]
    public void A_drain_of_all_ends_all()
    {
        using WorkersBench bench = new(2, sessionsMax: 8);
        bench.Connect(4);
        bench.World.Post(new Command(CommandKind.Stop, 0));

        Assert.That(bench.Loops.Select(loop => loop.RunTurn()), Is.All.False);
        Assert.That(bench.Shared.Sessions, Is.Zero);
        Assert.That(bench.World.IsListening(LoopBench.Front), Is.False);
    }
}
