using System.IO;
using ScottPlot;

namespace Lure.Bench.Charts;

/// <summary>A chart that is to be saved.</summary>
/// <param name="Name">Of its files, without an ending.</param>
/// <param name="Plot">What it shows.</param>
/// <param name="Height">Pixels.</param>
internal sealed record Chart(string Name, Plot Plot, int Height)
{
    private const int Width = 1100;

    /// <summary>Writes NAME.png and NAME.svg.</summary>
    public void Save(string folder)
    {
        Plot.FigureBackground.Color = Colors.White;
        _ = Plot.SavePng(Path.Combine(folder, $"{Name}.png"), Width, Height);
        _ = Plot.SaveSvg(Path.Combine(folder, $"{Name}.svg"), Width, Height);
    }
}
