using System.Collections.Generic;
using System.Linq;
using Lure.Core.Loop;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>A batch has memory for so many operations, and one more would be written behind it.</summary>
[TestFixture]
internal sealed class BatchBoundTests
{
    private const int Sessions = 6;

    [Test]
    public void Reads_of_both_sides_of_many_sessions_are_cut_into_batches()
    {
        using LoopBench bench = new(new LoopOptions { Sessions = Sessions, BatchReads = 4 });
        List<(FakePeer Client, FakePeer Server)> pairs = [.. Enumerable.Range(0, Sessions).Select(_ => bench.Pair())];
        foreach ((FakePeer client, FakePeer server) in pairs)
        {
            client.Send([1]);
            server.Send([2]);
        }

        bench.Waits.LongestBatch = 0;
        bench.Turn();
        Assert.That(bench.Waits.LongestBatch, Is.EqualTo(4));
        Assert.That(pairs.Select(pair => (pair.Client.Readable, pair.Server.Readable)), Is.All.EqualTo((1, 1)));
    }

    [Test]
    public void Writes_of_sessions_that_read_nothing_are_cut_into_batches_of_sessions()
    {
        using LoopBench bench = new(
            new LoopOptions
            {
                Sessions = Sessions,
                BatchReads = 4,
                BlockBytes = 16,
            },
            new WorldOptions { SendBuffer = 4 }
        );
        List<(FakePeer Client, FakePeer Server)> pairs = [.. Enumerable.Range(0, Sessions).Select(_ => bench.Pair())];
        foreach ((FakePeer client, FakePeer server) in pairs)
        {
            server.Window = 0;
            client.Send(LoopBench.Bytes(10));
        }

        bench.Settle();
        foreach ((FakePeer _, FakePeer server) in pairs)
        {
            server.Window = 100;
        }

        bench.Waits.LongestBatch = 0;
        bench.Turn();
        Assert.That(bench.Waits.LongestBatch, Is.EqualTo(4));
    }
}
