using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using Lure.Linux.Configuration;

namespace Lure.Linux.Commands;

/// <summary>
/// What is wrong with the shape of a command line. The library's own messages have no ids and no
/// cure, and it takes a mistyped command or flag for an address.
/// </summary>
internal sealed class UsageCheck(CommandTree tree, ProblemList problems)
{
    public void Check(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        foreach (Option option in command.Options)
        {
            CheckOption(parsed, option);
        }

        IEnumerable<string> words = parsed.UnmatchedTokens;
        if (command == tree.Root)
        {
            words = parsed.GetResult(tree.Addresses)?.Tokens.Select(token => token.Value) ?? [];
        }

        // Whatever follows a command that does not exist was meant for the one that does.
        if (command == tree.Root && words.FirstOrDefault() is { } verb && IsNoAddress(verb))
        {
            ReportCommand(verb);
            return;
        }

        if (command != tree.Root && parsed.GetResult(tree.Addresses)?.Tokens is [{ } before, ..])
        {
            problems.Add(
                Place.CommandLine,
                ErrorId.ExtraArgument,
                $"\"{before.Value}\" stands before the command {command.Name}",
                HelpFor(command)
            );
            return;
        }

        List<string> addresses = [];
        foreach (string word in words)
        {
            if (word.Length > 1 && word[0] == '-')
            {
                ReportFlag(command, word);
            }
            else
            {
                addresses.Add(word);
            }
        }

        if (command == tree.Root)
        {
            CheckAddresses(addresses, problems.Count != 0);
        }
        else
        {
            ReportExtra(command, addresses);
        }

        if (problems.Count == 0 && parsed.Errors.Count != 0)
        {
            problems.Add(Place.CommandLine, ErrorId.ExtraArgument, parsed.Errors[0].Message, HelpFor(command));
        }
    }

    private void CheckOption(ParseResult parsed, Option option)
    {
        if (parsed.GetResult(option) is not { Implicit: false } result || option.Arity.MaximumNumberOfValues == 0)
        {
            return;
        }

        string usage = $"as in {option.Name} {option.HelpName}";
        if (result.Tokens.Count == 0)
        {
            problems.Add(Place.OfArgument(option.Name), ErrorId.MissingArgument, "its value is missing", usage);
        }
        else if (result.Tokens.Count > 1)
        {
            problems.Add(Place.OfArgument(option.Name), ErrorId.ExtraArgument, "it is given more than once", usage);
        }
    }

    private void ReportFlag(Command command, string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string flag = equals < 0 ? word : word[..equals];
        Command? owner = new[] { tree.Run, tree.Check, tree.Sim }.FirstOrDefault(other =>
            FlagsOf(other).Contains(flag)
        );
        string? nearest = Suggestion.Nearest(flag, FlagsOf(command));
        string hint =
            owner is not null ? $"it goes with lure {owner.Name}"
            : nearest is not null ? $"did you mean \"{nearest}\"?"
            : HelpFor(command);
        problems.Add(Place.CommandLine, ErrorId.UnknownFlag, $"unknown flag \"{flag}\"", hint);
    }

    private void CheckAddresses(List<string> words, bool hasProblems)
    {
        if (words.Count == 0)
        {
            if (!hasProblems)
            {
                problems.Add(
                    Place.CommandLine,
                    ErrorId.MissingArgument,
                    "a command, or LISTEN and SERVER, is missing",
                    "try: lure demo, or: lure --help"
                );
            }

            return;
        }

        if (words.Count == 1)
        {
            problems.Add(
                Place.CommandLine,
                ErrorId.MissingArgument,
                "SERVER is missing",
                $"as in: lure {words[0]} 127.0.0.1:5432"
            );
        }
    }

    /// <summary>A word without a colon that is neither a port nor a flag.</summary>
    private static bool IsNoAddress(string word) =>
        !word.Contains(':', StringComparison.Ordinal) && !word.StartsWith('-') && !word.All(char.IsAsciiDigit);

    private void ReportCommand(string word)
    {
        string[] verbs = [.. tree.Root.Subcommands.Select(command => command.Name), "--help"];
        string? nearest = word == "help" ? "--help" : Suggestion.Nearest(word, verbs);
        problems.Add(
            Place.CommandLine,
            ErrorId.UnknownCommand,
            nearest is null
                ? $"\"{word}\" is neither a command nor an address with a port"
                : $"unknown command \"{word}\"",
            nearest is null ? $"commands: {string.Join(", ", verbs[..^1])}" : $"did you mean \"lure {nearest}\"?"
        );
    }

    private void ReportExtra(Command command, List<string> words)
    {
        if (words.Count == 0)
        {
            return;
        }

        bool takesFile = command.Options.Contains(tree.ConfigFlag);
        problems.Add(
            Place.CommandLine,
            ErrorId.ExtraArgument,
            $"lure {command.Name} takes no \"{words[0]}\"",
            takesFile ? $"did you mean \"-c {words[0]}\"?" : HelpFor(command)
        );
    }

    private string HelpFor(Command command) =>
        command == tree.Root ? "see lure --help" : $"see lure {command.Name} --help";

    private static List<string> FlagsOf(Command command)
    {
        List<string> names = [];
        foreach (Option option in command.Options)
        {
            names.Add(option.Name);
            names.AddRange(option.Aliases);
        }

        return names;
    }
}
