using System.IO;
using Lure.Sim.Running;

namespace Lure.Sim.Scripts;

/// <summary>Runs scripts: the loop of Lure.Core on the fake kernel, with all checks.</summary>
public static class ScriptRun
{
    /// <summary>Runs a script.</summary>
    /// <param name="script">What is to happen.</param>
    /// <param name="trace">Where a line for each event goes, if anywhere.</param>
    public static ScriptResult Run(Script script, TextWriter? trace = null) => Run<FakeKernel>(script, trace);

    /// <summary>Runs a script over another kernel: one that lies, to see whether a check notices.</summary>
    public static ScriptResult Run<TKernel>(Script script, TextWriter? trace = null)
        where TKernel : struct, ISimulatedKernel<TKernel>
    {
        using ScriptPlayer player = new(new WorkerSet<TKernel>());
        return player.Play(script, trace);
    }

    /// <summary>Reads a script and runs it; what is wrong is thrown. One line is a whole test.</summary>
    /// <exception cref="SimulationViolationException">It did not hold, or proves nothing.</exception>
    /// <exception cref="ScriptException">It cannot be read.</exception>
    public static void Check(string text)
    {
        ScriptResult result = Run(Script.Parse(text, "script"));
        if (result.Verdict != ScriptVerdict.Held)
        {
            throw new SimulationViolationException(result.Message!);
        }
    }
}
