using System;
using System.Globalization;
using System.IO;
using Lure.Sim.Reporting;
using Lure.Sim.Running;
using Lure.Sim.Scripts;

namespace Lure.Sim.Exhaustive;

/// <summary>What came of trying everything.</summary>
public sealed record ExhaustiveResult
{
    /// <summary>How small the world was.</summary>
    public required string World { get; init; }

    /// <summary>Runs from the start.</summary>
    public required long Runs { get; init; }

    /// <summary>Simulated calls of all runs.</summary>
    public required long Calls { get; init; }

    /// <summary>Choices that were tried, each from the state where it first came up.</summary>
    public required long Choices { get; init; }

    /// <summary>Distinct states in which there was a choice.</summary>
    public required int States { get; init; }

    /// <summary>The most choices in a row, from the start to a state that was new.</summary>
    public required int Deepest { get; init; }

    /// <summary>Prefixes of choices that were not followed to their end; 0 is an empty frontier.</summary>
    public required long Left { get; init; }

    /// <summary>States that were told to be the same and were not; anything but 0 makes the rest worthless.</summary>
    public required long Contradictions { get; init; }

    /// <summary>What the first run that failed says; null when none did.</summary>
    public required string? Failure { get; init; }

    /// <summary>The choices of the run that failed; zeros follow.</summary>
    public required ReadOnlyMemory<byte> Prefix { get; init; }

    /// <summary>The failure as a script, shortened; null when there is none.</summary>
    public required Script? Script { get; init; }

    /// <summary>Everything was tried, and every check held.</summary>
    public bool IsComplete => Failure is null && Left == 0 && Contradictions == 0;

    /// <summary>Tries everything that can happen to the loop of Lure.Core in a small world.</summary>
    /// <param name="splices">Bytes go through a pipe, as soon as they can.</param>
    /// <param name="beforeRun">Told of each run.</param>
    public static ExhaustiveResult OfLoop(bool splices, Action? beforeRun = null) =>
        Exploration.Run(new ExhaustiveScope { Splices = splices }, static () => new WorkerSet<FakeKernel>(), beforeRun);

    /// <summary>The report, for people; nothing in it depends on the clock.</summary>
    public void Write(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine($"world        {World}");
        output.WriteLine(Text($"runs         {Runs:N0}, {Calls:N0} calls"));
        output.WriteLine(
            Text($"states       {States:N0} with a choice, {Choices:N0} choices, {Deepest} in a row at most")
        );
        output.WriteLine(Left == 0 ? "frontier     empty" : Text($"frontier     {Left:N0} prefixes are left"));
        if (Failure is null)
        {
            output.WriteLine(IsComplete ? "every check held" : "inconclusive: not everything was tried");
            output.Write(Contradictions == 0 ? "" : Text($"{Contradictions:N0} states are not told apart\n"));
            return;
        }

        output.WriteLine($"failed: {Failure}");
        output.WriteLine($"whose bug: {Findings.WhoseIs(Failure)}");
        output.WriteLine($"choices: {string.Join(' ', Prefix.ToArray())}");
        if (Script is null)
        {
            output.WriteLine("no script repeats it");
            return;
        }

        string script = Script.ToText();
        output.Write($"\n{script}\nThe same as a test\n{FailureReport.TestOf(script)}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
