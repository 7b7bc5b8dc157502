using System.Collections.Generic;
using System.CommandLine;
using Lure.Linux.Configuration;
using Lure.Linux.Conformance;
using Lure.Sim.Conformance;
using Lure.Sim.Conformance.Twin;

namespace Lure.Linux.Commands;

/// <summary>The flags of <c>lure conform</c>.</summary>
internal sealed class ConformFlags
{
    private const int MostSeconds = 86_400;

    private static readonly ConformPlan _usual = new();

    private readonly Option<string> _seconds = new("--seconds")
    {
        HelpName = "N",
        Description = $"How long to play scripts (default: {_usual.Seconds})",
    };
    private readonly Option<string> _from = new("--from")
    {
        HelpName = "SEED",
        Description = $"The first seed: decimal, 0x..., or a commit's 40 digits (default: {_usual.From})",
    };
    private readonly Option<string> _seed = new("--seed")
    {
        HelpName = "SEED",
        Description = "Play the one script of this seed, and show both answers",
    };
    private readonly Option<string> _script = new("--script")
    {
        HelpName = "TEXT",
        Description = "Play this script, and show both answers",
    };
    private readonly Option<bool> _twin = new("--twin")
    {
        Description = "Twin scripts only, of a whole relay with its peers",
        Arity = ArgumentArity.Zero,
    };

    public IReadOnlyList<Option> All => [_seconds, _from, _seed, _script, _twin];

    /// <returns>Null when a value is wrong; then there are problems.</returns>
    public ConformPlan? Read(ParseResult parsed, ProblemList problems)
    {
        RefuseBeside(_script, "plays one script", [_seed, _seconds, _from], parsed, problems);
        RefuseBeside(_seed, "plays one script", [_seconds, _from], parsed, problems);
        if (problems.Count > 0)
        {
            return null;
        }

        var reader = new FlagReader(parsed, problems);
        bool twin = parsed.GetValue(_twin);
        string? text = reader.Given(_script);
        ConformPlan plan = new()
        {
            Seconds = reader.Integer(_seconds, 1, MostSeconds) ?? _usual.Seconds,
            From = reader.Seed(_from) ?? _usual.From,
            Twin = twin,
            Seed = reader.Seed(_seed),
            Script = text is null || twin ? null : ReadScript(text, problems),
            TwinScript = text is null || !twin ? null : ReadTwinScript(text, problems),
        };
        return problems.Count == 0 ? plan : null;
    }

    private Step[]? ReadScript(string text, ProblemList problems)
    {
        try
        {
            return ScriptText.Parse(text);
        }
        catch (ScriptException fault)
        {
            Report(fault, "as in \"tcp a; bind a; listen a 1\"", problems);
            return null;
        }
    }

    private TwinScript? ReadTwinScript(string text, ProblemList problems)
    {
        try
        {
            return TwinScriptText.Parse(text);
        }
        catch (ScriptException fault)
        {
            Report(fault, "as in \"connect a; send a 5; drain A; finish a\"", problems);
            return null;
        }
    }

    private void Report(ScriptException fault, string hint, ProblemList problems) =>
        problems.Add(Place.OfArgument(_script.Name), ErrorId.Syntax, fault.Message, hint);

    private static void RefuseBeside(
        Option flag,
        string does,
        Option[] others,
        ParseResult parsed,
        ProblemList problems
    )
    {
        if (parsed.GetResult(flag) is null)
        {
            return;
        }

        foreach (Option other in others)
        {
            if (parsed.GetResult(other) is not null)
            {
                string cause = $"it {does}, and takes no {other.Name}";
                problems.Add(Place.OfArgument(flag.Name), ErrorId.ExtraArgument, cause, "leave one out");
            }
        }
    }
}
