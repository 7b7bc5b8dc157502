using System.Collections.Generic;
using Lure.Bench.Relays;
using ScottPlot;

namespace Lure.Bench.Charts;

/// <summary>The color of a relay, the same in every chart, and apart for the color-blind (Okabe and Ito's palette).</summary>
internal static class RelayColors
{
    private static readonly Dictionary<RelayRole, Color> s_colors = new()
    {
        [RelayRole.Lure] = Color.FromHex("#D55E00"),
        [RelayRole.Reference] = Color.FromHex("#0072B2"),
        [RelayRole.Null] = Color.FromHex("#999999"),
        [RelayRole.Alternative] = Color.FromHex("#56B4E9"),
        [RelayRole.Rival] = Color.FromHex("#009E73"),
        [RelayRole.Limit] = Color.FromHex("#000000"),
        [RelayRole.Other] = Color.FromHex("#CC79A7"),
    };

    public static Color Of(RelayRole role) => s_colors[role];
}
