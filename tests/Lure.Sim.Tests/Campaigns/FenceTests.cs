using Lure.Sim.Campaigns;
using Lure.Sim.Fencing;
using NUnit.Framework;

namespace Lure.Sim.Tests.Campaigns;

/// <summary>V15, on every path that a fault opens: whatever peers and kernel do, the loops allocate nothing.</summary>
[TestFixture]
[Category("Long")]
public sealed class FenceTests
{
    private const ulong SeedsToWarmUp = 100;
    private const long Events = 100_000;

    // A field: an array that nobody else sees may be put on the stack.
    private byte[]? _kept;

    /// <summary>A part of the million that <c>lure selftest</c> plays, where it takes no minute.</summary>
    [Test]
    public void Events_under_faults_allocate_nothing()
    {
        FencedWorkers loops = new();
        using SeedRun run = new(loops);
        ulong seed = 0;
        for (; seed < SeedsToWarmUp; seed++)
        {
            Assert.That(run.Run(seed), Is.True, run.Failure);
        }

        long bytes = loops.Bytes;
        for (long end = loops.Events + Events; loops.Events < end; seed++)
        {
            Assert.That(run.Run(seed), Is.True, run.Failure);
        }

        Assert.That(loops.Bytes - bytes, Is.Zero);
    }

    [Test]
    public void The_fence_changes_nothing()
    {
        using SeedRun fenced = new(new FencedWorkers());
        using SeedRun open = new(new Sim.Running.WorkerSet<FakeKernel>());
        for (ulong seed = 0; seed < 20; seed++)
        {
            Assert.That(fenced.Run(seed), Is.EqualTo(open.Run(seed)));
            Assert.That(fenced.Simulation.World.Trace.Hash, Is.EqualTo(open.Simulation.World.Trace.Hash));
        }
    }

    [Test]
    public void What_is_allocated_in_a_call_is_not_the_loops()
    {
        AllocationFence fence = new();
        fence.Enter();
        _kept = new byte[100];
        bool within = fence.Leave();
        _kept = new byte[1_000];
        fence.Return(within);
        _kept = new byte[100];
        _ = fence.Leave();

        Assert.That(fence.Bytes, Is.InRange(200, 300));
    }

    [Test]
    public void What_is_allocated_around_a_call_outside_of_a_turn_is_not_the_loops()
    {
        AllocationFence fence = new();
        fence.Enter();
        _ = fence.Leave();
        _kept = new byte[1_000];
        fence.Return(fence.Leave());
        _kept = new byte[1_000];
        _ = fence.Leave();

        Assert.That(fence.Bytes, Is.Zero);
    }
}
