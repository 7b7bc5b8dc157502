using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Lure.Core.Kernel;
using Lure.Sim.Polling;

namespace Lure.Sim.Conformance;

/// <summary>Conformance scripts as text: steps between semicolons, each a word, then names, then numbers or a mask.</summary>
public static class ScriptText
{
    private static ReadOnlySpan<(string Name, uint Bit)> Bits =>
        new (string Name, uint Bit)[]
        {
            ("IN", (uint)Readiness.In),
            ("PRI", (uint)Readiness.Urgent),
            ("OUT", (uint)Readiness.Out),
            ("ERR", (uint)Readiness.Error),
            ("HUP", (uint)Readiness.HangUp),
            ("RDHUP", (uint)Readiness.ReadHangUp),
            ("EXCLUSIVE", (uint)Interest.Exclusive),
            ("ONESHOT", (uint)EpollItem.OneShot),
            ("ET", (uint)Interest.EdgeTriggered),
        };

    /// <exception cref="ScriptException">The text is no script: which step, and what was expected.</exception>
    public static Step[] Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Step> steps = [];
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            steps.Add(ParseStep(part));
        }

        return [.. steps];
    }

    public static string Of(ReadOnlySpan<Step> steps)
    {
        StringBuilder text = new();
        foreach (Step step in steps)
        {
            text.Append(text.Length == 0 ? "" : "; ").Append(Of(step));
        }

        return text.ToString();
    }

    public static string Of(Step step)
    {
        StringBuilder text = new(Word(step.Kind));
        StepShape shape = StepShape.Of(step.Kind);
        if (shape.Names > 0)
        {
            text.Append(' ').Append(Name(step.X));
        }

        if (shape.Names == 2)
        {
            text.Append(' ').Append(Name(step.Y));
        }

        if (shape.HasMask)
        {
            text.Append(' ').Append(Mask((uint)step.N));
        }

        if (shape.Numbers >= 1)
        {
            text.Append(CultureInfo.InvariantCulture, $" {step.N}");
        }

        if (shape.Numbers == 2)
        {
            text.Append(CultureInfo.InvariantCulture, $" {step.M}");
        }

        return text.ToString();
    }

    /// <summary>The bits of epoll by name, "-" for none.</summary>
    public static string Mask(uint bits)
    {
        StringBuilder text = new();
        foreach ((string name, uint bit) in Bits)
        {
            if ((bits & bit) != 0)
            {
                text.Append(text.Length == 0 ? "" : "|").Append(name);
            }
        }

        return text.Length == 0 ? "-" : text.ToString();
    }

    internal static char Name(int index) => (char)('a' + index);

#pragma warning disable CA1308 // the words of the language are in lower case
    private static string Word(StepKind kind) => kind.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    private static Step ParseStep(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!TryKind(words[0], out StepKind kind))
        {
            throw new ScriptException($"\"{text}\": \"{words[0]}\" is no call");
        }

        StepShape shape = StepShape.Of(kind);
        int expected = 1 + shape.Names + shape.Numbers + (shape.HasMask ? 1 : 0);
        if (words.Length != expected)
        {
            throw new ScriptException($"\"{text}\": {expected - 1} arguments were expected");
        }

        int x = shape.Names > 0 ? ParseName(words[1], text) : 0;
        int y = shape.Names == 2 ? ParseName(words[2], text) : 0;
        int at = 1 + shape.Names;
        int n =
            shape.HasMask ? (int)ParseMask(words[at], text)
            : shape.Numbers >= 1 ? ParseNumber(words[at], text)
            : 0;
        int m = shape.Numbers == 2 ? ParseNumber(words[at + 1], text) : 0;
        return new Step(kind, x, y, n, m);
    }

    private static bool TryKind(string word, out StepKind kind)
    {
        foreach (StepKind candidate in Enum.GetValues<StepKind>())
        {
            if (Word(candidate) == word)
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }

    private static int ParseName(string word, string step) =>
        word.Length == 1 && word[0] is >= 'a' and <= 'z'
            ? word[0] - 'a'
            : throw new ScriptException($"\"{step}\": a letter was expected, not \"{word}\"");

    private static int ParseNumber(string word, string step) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ScriptException($"\"{step}\": a number was expected, not \"{word}\"");

    private static int IndexOfBit(string name)
    {
        ReadOnlySpan<(string Name, uint Bit)> bits = Bits;
        int index = bits.Length - 1;
        while (index >= 0 && bits[index].Name != name)
        {
            index--;
        }

        return index;
    }

    private static uint ParseMask(string word, string step)
    {
        uint bits = 0;
        foreach (string part in word == "-" ? [] : word.Split('|'))
        {
            int index = IndexOfBit(part);
            bits |=
                index >= 0
                    ? Bits[index].Bit
                    : throw new ScriptException($"\"{step}\": a mask was expected, not \"{part}\"");
        }

        return bits;
    }
}
