using System;
using System.CommandLine;
using System.Globalization;
using Lure.Linux.Configuration;
using Lure.Linux.Conformance;
using Lure.Sim.Conformance;

namespace Lure.Linux.Commands;

/// <summary>The flags of <c>lure conform</c>.</summary>
internal sealed class ConformFlags
{
    private const int DefaultSeconds = 10;
    private const int MostSeconds = 86_400;

    public Option<string> Seconds { get; } =
        new("--seconds") { HelpName = "N", Description = $"How long to play scripts (default: {DefaultSeconds})" };

    public Option<string> Seed { get; } =
        new("--seed") { HelpName = "S", Description = "Play the one script of this seed, and show both answers" };

    public Option<string> Script { get; } =
        new("--script") { HelpName = "TEXT", Description = "Play this script, and show both answers" };

    /// <returns>Null when a value is wrong; then there are problems.</returns>
    public ConformPlan? Read(ParseResult parsed, ProblemList problems)
    {
        int seconds = DefaultSeconds;
        ulong seed = 1;
        if (
            parsed.GetValue(Seconds) is { } time
            && !(int.TryParse(time, out seconds) && seconds is > 0 and <= MostSeconds)
        )
        {
            Report(problems, Seconds, time, $"1 to {MostSeconds}");
        }

        if (parsed.GetValue(Seed) is { } text)
        {
            seconds = 0;
            bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
            if (
                !ulong.TryParse(
                    isHex ? text[2..] : text,
                    isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out seed
                )
            )
            {
                Report(problems, Seed, text, "decimal, or hexadecimal after 0x, up to 64 bits");
            }
        }

        Step[]? script = parsed.GetValue(Script) is { } steps ? ReadScript(steps, problems) : null;
        return problems.Count == 0 ? new ConformPlan(script is null ? seconds : 0, seed, script) : null;
    }

    private Step[]? ReadScript(string text, ProblemList problems)
    {
        try
        {
            return ScriptText.Parse(text);
        }
        catch (ScriptException fault)
        {
            problems.Add(
                Place.OfArgument(Script.Name),
                ErrorId.Syntax,
                fault.Message,
                "as in \"tcp a; bind a; listen a 1\""
            );
            return null;
        }
    }

    private static void Report(ProblemList problems, Option<string> flag, string text, string hint) =>
        problems.Add(Place.OfArgument(flag.Name), ErrorId.OutOfRange, $"\"{text}\" is out of range", hint);
}
