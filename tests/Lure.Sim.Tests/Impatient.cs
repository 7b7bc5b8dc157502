using System.IO;
using Lure.Sim.Running;
using Lure.Sim.Scripts;

namespace Lure.Sim.Tests;

/// <summary>
/// For runs of which it is known how long they are: a loop or a kernel that was changed so that it never comes to
/// an end is told in a moment, and a mutation run tries hundreds of these.
/// </summary>
internal static class Impatient
{
    /// <summary>At least ten times what the longest of them takes.</summary>
    public static Patience Bounds => new(Turns: 10_000, RoundsPerWait: 20_000, CallsPerTurn: 1_000);

    public static ScriptResult Play(Script script, TextWriter? trace = null)
    {
        using ScriptPlayer player = new(new WorkerSet<FakeKernel>());
        player.Simulation.Patience = Bounds;
        return player.Play(script, trace);
    }
}
