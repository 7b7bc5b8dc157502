using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Lure.Sim.Conformance.Twin;

/// <summary>
/// Twin scripts as text: steps between semicolons. What the relay is like comes first: front unix, back unix,
/// block, budget, events and pipes with a number.
/// </summary>
public static class TwinScriptText
{
    private const int LargestCount = 1 << 24;

    private static readonly ImmutableArray<string> _verbs =
    [
        "connect",
        "send",
        "read",
        "drain",
        "bulk",
        "flood",
        "finish",
        "deafen",
        "close",
        "reset",
        "poll",
        "down",
        "up",
        "leave",
        "stop",
    ];

    /// <exception cref="ScriptException">The text is no script: which step, and what was expected.</exception>
    public static TwinScript Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<TwinStep> steps = [];
        TwinScript script = new() { Steps = [] };
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (WithSetting(script, words, part) is not { } changed)
            {
                steps.Add(ParseStep(words, part));
                continue;
            }

            script =
                steps.Count == 0 ? changed : throw new ScriptException($"\"{part}\": settings stand before the steps");
        }

        return script with
        {
            Steps = [.. steps],
        };
    }

    public static string Of(TwinScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        TwinScript usual = new() { Steps = [] };
        StringBuilder text = new();
        Append(text, script.UnixFront ? "front unix" : "");
        Append(text, script.UnixBack ? "back unix" : "");
        Append(text, Setting("block", script.Block, usual.Block));
        Append(text, Setting("budget", script.Budget, usual.Budget));
        Append(text, Setting("events", script.Events, usual.Events));
        Append(text, Setting("pipes", script.Pipes, usual.Pipes));
        foreach (TwinStep step in script.Steps)
        {
            Append(text, Of(step));
        }

        return text.ToString();
    }

    public static string Of(TwinStep step)
    {
        string word = _verbs[(int)step.Verb];
        string end = HasEnd(step.Verb) ? $" {Name(step.End)}" : "";
        return HasCount(step.Verb)
            ? string.Create(CultureInfo.InvariantCulture, $"{word}{end} {step.Count}")
            : word + end;
    }

    internal static char Name(int end) => (char)(end < TwinStep.Sessions ? 'a' + end : 'A' + end - TwinStep.Sessions);

    private static bool HasEnd(TwinVerb verb) =>
        verb is not (TwinVerb.Down or TwinVerb.Up or TwinVerb.Leave or TwinVerb.Stop);

    private static bool HasCount(TwinVerb verb) =>
        verb is TwinVerb.Send or TwinVerb.Read or TwinVerb.Bulk or TwinVerb.Flood or TwinVerb.Down or TwinVerb.Up;

    private static void Append(StringBuilder text, string part)
    {
        if (part.Length > 0)
        {
            text.Append(text.Length == 0 ? "" : "; ").Append(part);
        }
    }

    private static string Setting(string name, int value, int usual) =>
        value == usual ? "" : string.Create(CultureInfo.InvariantCulture, $"{name} {value}");

    /// <returns>Null when it is no setting but a step.</returns>
    private static TwinScript? WithSetting(TwinScript script, string[] words, string part) =>
        words[0] switch
        {
            "front" => script with { UnixFront = IsUnix(words, part) },
            "back" => script with { UnixBack = IsUnix(words, part) },
            "block" => script with { Block = Number(words, 1, part, 2, 1 << 20) },
            "budget" => script with { Budget = Number(words, 1, part, 1, LargestCount) },
            "pipes" => script with { Pipes = Number(words, 1, part, 0, 64) },
            "events" => script with { Events = Number(words, 1, part, 1, 1024) },
            _ => null,
        };

    private static bool IsUnix(string[] words, string part) =>
        words.Length == 2 && words[1] is "unix" or "tcp"
            ? words[1] == "unix"
            : throw new ScriptException($"\"{part}\": tcp or unix was expected");

    private static TwinStep ParseStep(string[] words, string part)
    {
        int index = _verbs.IndexOf(words[0]);
        if (index < 0)
        {
            throw new ScriptException($"\"{part}\": \"{words[0]}\" is no step of a twin script");
        }

        TwinVerb verb = (TwinVerb)index;
        int expected = (HasEnd(verb) ? 1 : 0) + (HasCount(verb) ? 1 : 0);
        if (words.Length != 1 + expected)
        {
            throw new ScriptException($"\"{part}\": {expected} arguments were expected");
        }

        int end = HasEnd(verb) ? ParseEnd(words[1], verb, part) : 0;
        bool isServer = verb is TwinVerb.Down or TwinVerb.Up;
        int count = HasCount(verb) ? Number(words, expected, part, 1, isServer ? 2 : LargestCount) : 0;
        return new TwinStep(verb, end, count);
    }

    private static int ParseEnd(string word, TwinVerb verb, string part)
    {
        char last = (char)('a' + TwinStep.Sessions - 1);
        bool isServer = word.Length == 1 && char.IsAsciiLetterUpper(word[0]);
        int index = word.Length == 1 ? char.ToLowerInvariant(word[0]) - 'a' : -1;
        return index is >= 0 and < TwinStep.Sessions && !(isServer && verb == TwinVerb.Connect)
            ? index + (isServer ? TwinStep.Sessions : 0)
            : throw new ScriptException($"\"{part}\": a letter from a to {last} was expected, not \"{word}\"");
    }

    private static int Number(string[] words, int at, string part, int least, int most) =>
        words.Length == at + 1
        && int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number >= least
        && number <= most
            ? number
            : throw new ScriptException($"\"{part}\": a number from {least} to {most} was expected");
}
