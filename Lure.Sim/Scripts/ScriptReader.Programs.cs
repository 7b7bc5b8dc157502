using System;
using System.Collections.Immutable;
using System.Globalization;
using Lure.Sim.Actors;

namespace Lure.Sim.Scripts;

/// <content>Programs: the letters of tcploop, and those that it has not.</content>
internal sealed partial class ScriptReader
{
    private const string Letters = "A C D E F G H h I K O P R r S U W X Z (and B J L N Q T, which change nothing here)";
    private const int PauseDefault = 100;

    private ImmutableArray<Step> ReadProgram(int at, ActorName actor)
    {
        ImmutableArray<Step>.Builder steps = ImmutableArray.CreateBuilder<Step>();
        for (; at < _words.Count; at++)
        {
            ScriptWord word = _words[at];
            if (word.Text.StartsWith('='))
            {
                ReadExpectation(word, steps);
            }
            else
            {
                ReadStep(word, steps);
            }
        }

        Verb first = actor.IsClient ? Verb.Connect : Verb.Accept;
        if (steps.Count == 0 || steps[0].Verb != first)
        {
            char letter = ProgramText.Letter(first);
            Fail(_words[0], $"the program of {actor} begins with {letter}");
        }

        return steps.ToImmutable();
    }

    private void ReadStep(ScriptWord word, ImmutableArray<Step>.Builder steps)
    {
        string argument = word.Text[1..];
        switch (word.Text[0])
        {
            case 'S':
                steps.Add(new Step(Verb.Send, ReadSize(word, argument)));
                break;
            case 'X':
                steps.Add(new Step(Verb.SendRights, Math.Max(1, ReadCount(word, argument))));
                break;
            case 'R':
                steps.Add(new Step(Verb.Receive, argument.Length == 0 ? 0 : ReadCount(word, argument)));
                break;
            case 'P':
                steps.Add(new Step(Verb.Pause, argument.Length == 0 ? PauseDefault : ReadCount(word, argument)));
                break;
            case 'Z':
                steps.Add(new Step(Verb.Window, ReadCount(word, argument)));
                break;
            case 'D' when argument.Length == 0:
                steps.Add(new Step(Verb.LingerOff));
                steps.Add(new Step(Verb.Close));
                break;
            case 'W':
                steps.Add(new Step(Verb.WaitInput));
                break;
            case 'B' or 'J' or 'L' or 'N' or 'Q' or 'T':
                break;
            default:
                ReadPlainStep(word, argument, steps);
                break;
        }
    }

    private void ReadPlainStep(ScriptWord word, string argument, ImmutableArray<Step>.Builder steps)
    {
        foreach (
            Verb verb in (ReadOnlySpan<Verb>)
                [
                    Verb.Connect,
                    Verb.Accept,
                    Verb.Echo,
                    Verb.Finish,
                    Verb.StopReading,
                    Verb.LingerOff,
                    Verb.Close,
                    Verb.WaitInput,
                    Verb.WaitOutput,
                    Verb.Hold,
                    Verb.Release,
                    Verb.Urgent,
                ]
        )
        {
            if (word.Text[0] == ProgramText.Letter(verb))
            {
                // tcploop's C and A may carry an address or a count, its E a size.
                bool ignored = verb is Verb.Connect or Verb.Accept or Verb.Echo;
                if (argument.Length > 0 && !ignored)
                {
                    Fail(word.Column + 1, $"{word.Text[0]} has no number; expected a space before the next step");
                }

                steps.Add(new Step(verb));
                return;
            }
        }

        Fail(word, $"\"{word.Text}\" is no step; expected one of {Letters}");
    }

    /// <summary>S100, S0 for as much as goes, S:text for as many bytes as the text has.</summary>
    private int ReadSize(ScriptWord word, string argument)
    {
        if (argument.StartsWith(':'))
        {
            return Math.Max(1, argument.Length - 1 - CountEscapes(argument));
        }

        int count = ReadCount(word, argument);
        return count == 0 ? int.MaxValue : count;
    }

    private static int CountEscapes(string text)
    {
        int escapes = 0;
        for (int i = 0; i < text.Length - 1; i++)
        {
            if (text[i] == '\\')
            {
                escapes++;
                i++;
            }
        }

        return escapes;
    }

    private int ReadCount(ScriptWord word, string argument)
    {
        if (int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return count;
        }

        Fail(word.Column + 1, $"{word.Text[0]} needs a number, such as {word.Text[0]}100");
        return 1;
    }

    private void ReadExpectation(ScriptWord word, ImmutableArray<Step>.Builder steps)
    {
        if (steps.Count == 0 || steps[^1].Verb != Verb.Receive || steps[^1].Expected != default)
        {
            Fail(word, "an expectation follows a step that reads, such as \"R =100,fin\"");
            return;
        }

        ReadExpectation expected = default;
        int column = word.Column + 1;
        foreach (string part in word.Text[1..].Split(','))
        {
            if (part is "fin" or "eof" or "rst" or "open" && expected.End is null)
            {
                PeerEnd end =
                    part == "rst" ? PeerEnd.Reset
                    : part == "open" ? PeerEnd.None
                    : PeerEnd.Fin;
                expected = expected with { End = end };
            }
            else if (expected is { Bytes: null, End: null } && Units.TryNumber(part, out long bytes))
            {
                expected = expected with { Bytes = bytes };
            }
            else
            {
                Fail(column, $"\"{part}\" is not expected here; expected a number of bytes, fin, rst or open");
            }

            column += part.Length + 1;
        }

        steps[^1] = steps[^1] with { Expected = expected };
    }
}
