using System;
using Lure.Linux.Configuration;
using Lure.Sim.Scripts;

namespace Lure.Linux.Simulation;

/// <summary>A script and where it is from.</summary>
internal sealed record ScriptFile(string Path, Script Script)
{
    /// <returns>Null if it is no script, which is then reported, mistake by mistake.</returns>
    public static ScriptFile? Load(string path, ProblemList problems)
    {
        if (InputFile.Load(path, problems) is not { } source)
        {
            return null;
        }

        try
        {
            return new ScriptFile(path, Script.Parse(source.Text, path));
        }
        catch (ScriptException mistakes)
        {
            foreach (ScriptError mistake in mistakes.Errors)
            {
                problems.Add(PlaceOf(source, mistake), ErrorId.Syntax, mistake.Message);
            }

            return null;
        }
    }

    private static Place PlaceOf(SourceText source, ScriptError mistake)
    {
        int line = Math.Clamp(mistake.Line, 1, source.LineCount) - 1;
        int start = Math.Min(source.StartOf(line) + mistake.Column - 1, source.Text.Length);
        return new Place(start, start < source.Text.Length ? 1 : 0);
    }
}
