using System;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>A warm loop allocates nothing: the collector has no reason ever to run.</summary>
[TestFixture]
internal sealed class AllocationTests
{
    private const int Pairs = 25;

    [Test]
    [Category("Long")]
    public void A_million_events_allocate_nothing()
    {
        using LoopBench bench = new();
        (FakePeer Client, FakePeer Server)[] pairs = new (FakePeer, FakePeer)[Pairs];
        for (int i = 0; i < Pairs; i++)
        {
            pairs[i] = bench.Pair();
        }

        Echo(bench, pairs, turns: 100);
        long events = bench.Loop.Counters.Events;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Echo(bench, pairs, turns: 1_000_000 / (2 * Pairs));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(bench.Loop.Counters.Events - events, Is.GreaterThanOrEqualTo(1_000_000));
        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public void Sessions_come_and_go_without_allocating()
    {
        using LoopBench bench = new();
        ComeAndGo(bench, 300);
        Assert.That(ComeAndGo(bench, 2_000), Is.Zero);
        bench.AssertNothingLeft();
    }

    private static void Echo(LoopBench bench, (FakePeer Client, FakePeer Server)[] pairs, int turns)
    {
        Span<byte> bytes = stackalloc byte[64];
        for (int turn = 0; turn < turns; turn++)
        {
            foreach ((FakePeer client, FakePeer server) in pairs)
            {
                client.TrySend(bytes);
                server.TrySend(bytes);
            }

            bench.Turn();
            foreach ((FakePeer client, FakePeer server) in pairs)
            {
                client.Read(bytes);
                server.Read(bytes);
            }
        }
    }

    /// <returns>Bytes that the loop allocated; what the peers cost is not counted.</returns>
    private static long ComeAndGo(LoopBench bench, int times)
    {
        long allocated = 0;
        for (int i = 0; i < times; i++)
        {
            FakePeer client = bench.World.Connect(LoopBench.Front);
            client.Send([1, 2, 3]);
            allocated += Turns(bench, 4);
            FakePeer server = bench.Servers[0].Accept();
            if (i % 2 == 0)
            {
                client.Reset();
            }
            else
            {
                client.Finish();
                server.Finish();
            }

            allocated += Turns(bench, 3);
            Assert.That(bench.Loop.Sessions, Is.Zero);
            bench.TakeRecords();
            if (i % 2 == 0)
            {
                server.Close();
            }
            else
            {
                client.Close();
                server.Close();
            }
        }

        return allocated;
    }

    private static long Turns(LoopBench bench, int count)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < count; i++)
        {
            bench.Turn();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
