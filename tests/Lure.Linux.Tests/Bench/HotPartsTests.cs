using System.Collections.Generic;
using System.IO;
using Lure.Bench.Micro;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

/// <summary>The micro-benchmarks come to a result: how long each part takes is for a quiet machine.</summary>
[NonParallelizable]
internal sealed class HotPartsTests
{
    [Test]
    public void Every_part_is_run_once()
    {
        using StringWriter log = new();
        Dictionary<string, long> bytes = HotPartsRun.Run(once: true, log);
        Assert.That(bytes, Has.Count.EqualTo(MicroBenchmarks.All.Count), log.ToString());
    }
}
