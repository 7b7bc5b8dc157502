using System.Collections.Generic;
using System.CommandLine;
using Lure.Linux.Configuration;
using Lure.Linux.Simulation;
using Lure.Sim.Entropy;

namespace Lure.Linux.Commands;

/// <summary>The flags of <c>lure sim</c>: a campaign of many seeds, one seed or tape again, or all that can happen in a small world.</summary>
internal sealed class SimFlags
{
    private const int SecondsDefault = 60;
    private const int SecondsMost = 30 * 86_400;
    private const int SeedsMost = 1_000_000_000;
    private const int JobsMost = 256;

    private readonly Option<string> _seconds = Flag(
        "--seconds",
        "N",
        $"Run seeds for so long (default: {SecondsDefault}, or as long as --seeds takes)"
    );
    private readonly Option<string> _seeds = Flag("--seeds", "N", "Run so many seeds");
    private readonly Option<string> _from = Flag(
        "--from",
        "SEED",
        "The first seed: decimal, 0x..., or a commit's 40 digits (default: 0)"
    );
    private readonly Option<string> _jobs = Flag(
        "--jobs",
        "N",
        "Threads that share the seeds (default: the CPUs of this process)"
    );
    private readonly Option<string> _seed = Flag("--seed", "SEED", "Play one seed: its trace and its hash");
    private readonly Option<string> _tape = Flag("--tape", "FILE", "Play the bytes of a file instead of a seed's");
    private readonly Option<bool> _exhaustive = new("--exhaustive")
    {
        Description = "Try everything that can happen in a world of one connection and a few bytes",
        Arity = ArgumentArity.Zero,
    };

    public IReadOnlyList<Option> All => [_seconds, _seeds, _from, _jobs, _seed, _tape, _exhaustive];

    public bool IsExhaustive(ParseResult parsed) => parsed.GetValue(_exhaustive);

    public bool IsReplay(ParseResult parsed) =>
        parsed.GetResult(_seed) is not null || parsed.GetResult(_tape) is not null;

    public CampaignRequest ReadCampaign(ParseResult parsed, ProblemList problems)
    {
        var reader = new FlagReader(parsed, problems);
        int? seconds = reader.Integer(_seconds, 1, SecondsMost);
        int? seeds = reader.Integer(_seeds, 1, SeedsMost);
        return new CampaignRequest
        {
            Seconds = seconds ?? (seeds is null ? SecondsDefault : null),
            Seeds = seeds,
            From = reader.Seed(_from) ?? 0,
            Jobs = reader.Integer(_jobs, 1, JobsMost),
        };
    }

    /// <returns>Null when there is a problem.</returns>
    public Tape? ReadTape(ParseResult parsed, ProblemList problems)
    {
        Option<string> kind = parsed.GetResult(_seed) is not null ? _seed : _tape;
        RefuseOthers(kind, "plays one run", parsed, problems);
        var reader = new FlagReader(parsed, problems);
        byte[]? bytes = null;
        ulong? seed = kind == _seed ? reader.Seed(_seed) : null;
        if (kind == _tape && problems.Count == 0)
        {
            bytes = ReadTapeFile(reader.Given(_tape)!, problems);
        }

        return problems.Count > 0 ? null
            : bytes is not null ? new Tape(bytes)
            : new Tape(seed!.Value);
    }

    /// <summary>For a run of everything: its bounds are part of what it claims.</summary>
    public void RefuseBesideExhaustive(ParseResult parsed, ProblemList problems) =>
        RefuseOthers(_exhaustive, "tries everything", parsed, problems);

    /// <summary>For scripts, which say all that there is to say.</summary>
    public void RefuseAll(ParseResult parsed, ProblemList problems)
    {
        foreach (Option flag in All)
        {
            if (IsGiven(flag, parsed))
            {
                problems.Add(
                    Place.OfArgument(flag.Name),
                    ErrorId.ExtraArgument,
                    "a script takes no flag",
                    "leave it out"
                );
            }
        }
    }

    private void RefuseOthers(Option kind, string does, ParseResult parsed, ProblemList problems)
    {
        foreach (Option other in All)
        {
            if (other != kind && IsGiven(other, parsed))
            {
                string cause = $"it {does}, and takes no {other.Name}";
                problems.Add(Place.OfArgument(kind.Name), ErrorId.ExtraArgument, cause, "leave one out");
            }
        }
    }

    // The library answers for a flag without a value even when it was not given.
    private static bool IsGiven(Option flag, ParseResult parsed) => parsed.GetResult(flag) is { Implicit: false };

    private static byte[]? ReadTapeFile(string path, ProblemList problems)
    {
        if (InputFile.Load(path, problems) is not { } source)
        {
            return null;
        }

        byte[]? bytes = TapeText.Parse(source.Text, out TapeProblem problem);
        if (bytes is null)
        {
            problems.Add(
                new Place(problem.Offset, 1),
                ErrorId.Syntax,
                "this is no tape",
                $"{problem.Expected} should stand here"
            );
        }

        return bytes;
    }

    private static Option<string> Flag(string name, string valueName, string description) =>
        new(name) { HelpName = valueName, Description = description };
}
