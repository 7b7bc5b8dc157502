using System.Collections.Immutable;

namespace Lure.Bench.Rows;

/// <summary>The rows there are.</summary>
internal static class AllRows
{
    public static ImmutableArray<Row> InOrder { get; } =
    [
        new EchoRow(connections: 64, bytes: 64),
        new EchoRow(connections: 1000, bytes: 1024),
        new ConnectRow(logged: false),
        new ConnectRow(logged: true),
        new IdleRow(),
        new RestRow(),
    ];
}
