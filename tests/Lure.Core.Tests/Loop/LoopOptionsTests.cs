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
    private static readonly Bound[] s_bounds =
    [
        new(nameof(LoopOptions.Sessions), 1, Token.IndexMax, (all, to) => all with { Sessions = (int)to }),
        new(nameof(LoopOptions.Listeners), 0, int.MaxValue, (all, to) => all with { Listeners = (int)to }),
        new(nameof(LoopOptions.BlockBytes), 2, 1 << 20, (all, to) => all with { BlockBytes = (int)to }),
        new(nameof(LoopOptions.BatchReads), 2, int.MaxValue, (all, to) => all with { BatchReads = (int)to }),
        new(nameof(LoopOptions.EventsPerTurn), 1, int.MaxValue, (all, to) => all with { EventsPerTurn = (int)to }),
        new(nameof(LoopOptions.AcceptsPerTurn), 1, int.MaxValue, (all, to) => all with { AcceptsPerTurn = (int)to }),
        new(nameof(LoopOptions.BytesPerTurn), 1, int.MaxValue, (all, to) => all with { BytesPerTurn = (int)to }),
        new(nameof(LoopOptions.Pipes), 0, LoopOptions.PipesMax, (all, to) => all with { Pipes = (int)to }),
        OfTime(nameof(LoopOptions.PipePause), (all, to) => all with { PipePause = to }),
        OfTime(nameof(LoopOptions.ConnectTimeout), (all, to) => all with { ConnectTimeout = to }),
        OfTime(nameof(LoopOptions.IdleTimeout), (all, to) => all with { IdleTimeout = to }),
        OfTime(nameof(LoopOptions.HalfCloseTimeout), (all, to) => all with { HalfCloseTimeout = to }),
        OfTime(nameof(LoopOptions.LingerTimeout), (all, to) => all with { LingerTimeout = to }),
        OfTime(nameof(LoopOptions.AcceptPause), (all, to) => all with { AcceptPause = to }),
        OfTime(nameof(LoopOptions.KeepAliveAfter), (all, to) => all with { KeepAliveAfter = to }),
    ];

    [TestCaseSource(nameof(Bad))]
    public void What_makes_no_sense_is_refused_by_name(Bound bound, long value) =>
        Assert.That(
            bound.Set(new LoopOptions(), value).Validate,
            Throws
                .ArgumentException.With.Property("ParamName")
                .EqualTo(bound.Name)
                .And.Message.StartsWith($"{bound.Name} is out of range")
        );

    [TestCaseSource(nameof(Good))]
    public void The_last_that_makes_sense_is_taken(Bound bound, long value) =>
        Assert.That(bound.Set(new LoopOptions(), value).Validate, Throws.Nothing);

    private static IEnumerable<TestCaseData> Bad()
    {
        foreach (Bound bound in s_bounds)
        {
            yield return Case(bound, bound.Least - 1);
            if (bound.Most != int.MaxValue)
            {
                yield return Case(bound, bound.Most + 1);
            }
        }
    }

    private static IEnumerable<TestCaseData> Good()
    {
        foreach (Bound bound in s_bounds)
        {
            yield return Case(bound, bound.Least);
            yield return Case(bound, bound.Most);
        }
    }

    private static Bound OfTime(string name, Func<LoopOptions, long, LoopOptions> set) =>
        new(name, 1, LoopOptions.TimeMax, set);

    private static TestCaseData Case(Bound bound, long value) =>
        new TestCaseData(bound, value).SetArgDisplayNames(bound.Name, $"{value}");

    internal sealed record Bound(string Name, long Least, long Most, Func<LoopOptions, long, LoopOptions> Set);
}
