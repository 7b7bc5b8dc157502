using System.Collections.Immutable;
using Lure.Bench.Relays;
using Lure.Bench.Results;

namespace Lure.Linux.Tests.Bench;

/// <summary>Results that nothing was measured for.</summary>
internal static class Samples
{
    /// <summary>One row with one figure, and a relay of every role.</summary>
    public static ComparisonResult Result(params ImmutableArray<FigureResult> figures) =>
        new()
        {
            Machine = new MachineResult("a processor", 2, "6.1", "cubic", "0.1 0.2 0.3", "1.0 0.5 0.4"),
            Run = new RunResult("2000-01-01T00:00:00Z", "abc1234", "compare --rounds 3", 3, 0.5, 7),
            Relays =
            [
                new("lure", RelayRole.Lure, "lure 1"),
                new("plain", RelayRole.Reference, "HAProxy 1"),
                new("plain again", RelayRole.Null, "HAProxy 1"),
                new("spliced", RelayRole.Alternative, "HAProxy 1"),
                new("nginx", RelayRole.Rival, "nginx 1"),
                new("bare", RelayRole.Limit, "bare"),
            ],
            Rows =
            [
                new RowResult
                {
                    Key = "row",
                    Title = "a row",
                    Figures = figures,
                },
            ],
            Notes = ["a note"],
        };
}
