using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;

namespace Lure.Bench.Commands;

/// <summary>The command line of a comparison.</summary>
internal static class CompareArguments
{
    private const int RoundsDefault = 10;
    private const int RoundsMax = 1000;
    private const double SecondsDefault = 1;
    private const double SecondsMax = 60;
    private const string ThisProgram = "dotnet run -c Release --project tests/Lure.Bench --";

    private static readonly Option<int> s_rounds = new("--rounds")
    {
        Description = "Samples of each figure",
        DefaultValueFactory = _ => RoundsDefault,
    };

    private static readonly Option<double> s_seconds = new("--seconds")
    {
        Description = "Of each sample",
        DefaultValueFactory = _ => SecondsDefault,
    };

    private static readonly Option<int> s_seed = new("--seed")
    {
        Description = "Of the order of the relays; random by default",
        DefaultValueFactory = _ => Random.Shared.Next(),
    };

    private static readonly Option<string[]> s_rows = new("--rows")
    {
        Description = "Which of them; all by default",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. CompareCommand.Keys],
    };

    private static readonly Option<string[]> s_against = new("--against")
    {
        Description = "With whom: haproxy, nginx, bare (the loop in C), lure=PATH for another build",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. RelayChoice.All],
    };

    private static readonly Option<string[]> s_with = new("--with")
    {
        Description = "Lure once more with these arguments, as --with=\"--spin 0s\"; may be given several times",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> s_out = new("--out")
    {
        Description = "A folder for the result as JSON and the charts as PNG and SVG",
    };

    private static readonly Option<bool> s_document = new("--document")
    {
        Description = "Show the result in docs/performance.md",
    };

    /// <param name="arguments">All that was given.</param>
    public static Command Make(string[] arguments)
    {
        _ = s_rows.AcceptOnlyFromAmong([.. CompareCommand.Keys]);
        s_rounds.Validators.Add(given =>
            Require(given.GetValueOrDefault<int>() is >= 1 and <= RoundsMax, given, $"1 to {RoundsMax}")
        );
        s_seconds.Validators.Add(given =>
            Require(given.GetValueOrDefault<double>() is > 0 and <= SecondsMax, given, $"up to {SecondsMax}")
        );
        s_against.Validators.Add(given =>
        {
            foreach (
                string complaint in given.GetValueOrDefault<string[]>().Select(RelayChoice.Complain).OfType<string>()
            )
            {
                given.AddError(complaint);
            }
        });
        Command compare = new("compare", "Measure lure beside the relays that are installed here")
        {
            s_rounds,
            s_seconds,
            s_rows,
            s_against,
            s_with,
            s_seed,
            s_out,
            s_document,
        };
        compare.SetAction(parsed =>
            CommandTree.Try(() => CompareCommand.Run(Request(parsed, arguments), Console.Out, Console.Error) ? 0 : 1)
        );
        return compare;
    }

    private static ComparisonRequest Request(ParseResult parsed, string[] arguments) =>
        new()
        {
            Rounds = parsed.GetValue(s_rounds),
            Seconds = parsed.GetValue(s_seconds),
            Seed = parsed.GetValue(s_seed),
            Rows = [.. parsed.GetValue(s_rows)!],
            Against = [.. parsed.GetValue(s_against)!],
            With = [.. parsed.GetValue(s_with)!],
            Out = parsed.GetValue(s_out),
            Document = parsed.GetValue(s_document),
            Command = $"{ThisProgram} {string.Join(' ', arguments.Select(Quoted))}",
        };

    private static string Quoted(string argument) =>
        argument.Contains(' ', StringComparison.Ordinal) ? $"'{argument}'" : argument;

    private static void Require(bool holds, OptionResult given, string range)
    {
        if (!holds)
        {
            given.AddError($"{given.Option.Name} is out of range: use {range}");
        }
    }
}
