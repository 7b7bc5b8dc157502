using System;
using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>A bound that makes no sense is refused by its name, and the last one that does is taken.</summary>
[TestFixture]
internal sealed class LoopOptionsTests
{
    [TestCaseSource(nameof(Bad))]
    public void What_makes_no_sense_is_refused_by_name(LoopOptions options, string name) =>
        Assert.That(options.Validate, Throws.ArgumentException.With.Property("ParamName").EqualTo(name));

    [TestCaseSource(nameof(Good))]
    public void The_last_that_makes_sense_is_taken(LoopOptions options) =>
        Assert.That(options.Validate, Throws.Nothing);

    private static IEnumerable<object[]> Bad()
    {
        LoopOptions all = new();
        yield return [all with { Sessions = 0 }, nameof(all.Sessions)];
        yield return [all with { Sessions = Token.IndexMax + 1 }, nameof(all.Sessions)];
        yield return [all with { Listeners = -1 }, nameof(all.Listeners)];
        yield return [all with { BlockBytes = 1 }, nameof(all.BlockBytes)];
        yield return [all with { BlockBytes = (1 << 20) + 1 }, nameof(all.BlockBytes)];
        yield return [all with { BatchReads = 1 }, nameof(all.BatchReads)];
        yield return [all with { EventsPerTurn = 0 }, nameof(all.EventsPerTurn)];
        yield return [all with { AcceptsPerTurn = 0 }, nameof(all.AcceptsPerTurn)];
        yield return [all with { BytesPerTurn = 0 }, nameof(all.BytesPerTurn)];
        foreach ((string name, Func<long, LoopOptions> set) in Times(all))
        {
            yield return [set(0), name];
            yield return [set(LoopOptions.TimeMax + 1), name];
        }
    }

    private static IEnumerable<object[]> Good()
    {
        LoopOptions all = new();
        yield return [all with { Sessions = 1, Listeners = 0, BlockBytes = 2, BatchReads = 2, EventsPerTurn = 1 }];
        yield return
        [
            all with
            {
                AcceptsPerTurn = 1,
                BytesPerTurn = 1,
                Sessions = Token.IndexMax,
                BlockBytes = 1 << 20,
            },
        ];
        foreach ((_, Func<long, LoopOptions> set) in Times(all))
        {
            yield return [set(1)];
            yield return [set(LoopOptions.TimeMax)];
        }
    }

    private static IEnumerable<(string Name, Func<long, LoopOptions> Set)> Times(LoopOptions all)
    {
        yield return (nameof(all.ConnectTimeout), time => all with { ConnectTimeout = time });
        yield return (nameof(all.IdleTimeout), time => all with { IdleTimeout = time });
        yield return (nameof(all.HalfCloseTimeout), time => all with { HalfCloseTimeout = time });
        yield return (nameof(all.LingerTimeout), time => all with { LingerTimeout = time });
        yield return (nameof(all.AcceptPause), time => all with { AcceptPause = time });
        yield return (nameof(all.KeepAliveAfter), time => all with { KeepAliveAfter = time });
    }
}
