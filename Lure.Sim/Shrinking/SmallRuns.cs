using System;
using Lure.Sim.Actors;
using Lure.Sim.Driving;
using Lure.Sim.Entropy;
using Lure.Sim.Faults;
using Lure.Sim.Running;
using Lure.Sim.Scripts;

namespace Lure.Sim.Shrinking;

/// <summary>
/// Looks for the same failure among runs that are small from the start: one or two clients, drawn like those
/// of any seed. Leaving things out of a large run ends where each single step would hide the failure; a
/// small run that was drawn anew knows nothing of these steps.
/// </summary>
internal static class SmallRuns
{
    private const int ClientsMax = 2;
    private const int CallsMax = 30;
    private const int RunsMax = 4_000;
    private const int ShrinksMax = 6;
    private const int RunsPerShrink = 800;

    /// <param name="simulation">To draw runs in.</param>
    /// <param name="player">Runs scripts, on the same kernel.</param>
    /// <param name="shrunk">The shortest so far.</param>
    /// <param name="check">What has to fail.</param>
    /// <returns>A shorter script that fails in the same check, or the one that was given.</returns>
    public static Script Shorter(Simulation simulation, ScriptPlayer player, Script shrunk, string check)
    {
        (Script best, long calls) = (shrunk, player.Play(shrunk).Calls);
        int shrinks = 0;
        for (ulong i = 0; i < RunsMax && shrinks < ShrinksMax && !IsShort(best, calls); i++)
        {
            if (Draw(simulation, i) is not { } failure || FailureId.Of(failure) != check)
            {
                continue;
            }

            shrinks++;
            Script? script = Shrinker.Shrink(player, Recording.Of(simulation), check, RunsPerShrink);
            if (script is not null && player.Play(script).Calls is long found && found < calls)
            {
                (best, calls) = (script, found);
            }
        }

        return best;
    }

    private static bool IsShort(Script script, long calls) => script.Clients.Length <= ClientsMax && calls <= CallsMax;

    private static string? Draw(Simulation simulation, ulong seed)
    {
        Tape tape = new(seed);
        Swarm swarm = new();
        ProgramDraw programs = new();
        swarm.Draw(tape);
        Plan plan = PlanDraw.Draw(tape, swarm) with { Workers = 1 + (int)(seed % 8 / 7) };
        programs.Begin(tape, swarm, plan.Loop.BlockBytes, Math.Min(plan.Loop.BytesPerTurn, plan.World.SendBuffer));
        RandomDriver driver = new(swarm);
        driver.Begin(simulation, tape);
        try
        {
            simulation.Begin(plan, driver, programs);
            for (int i = 0; i < 1 + (int)(seed % ClientsMax); i++)
            {
                int front = tape.Below(plan.Fronts.Length);
                programs.WriteClient(plan.Fronts[front].IsUnix, simulation.Cast.AddClient(front).Program);
            }

            simulation.Run();
            return null;
        }
        catch (Exception exception) when (Findings.Are(exception))
        {
            return Findings.Describe(exception);
        }
    }
}
