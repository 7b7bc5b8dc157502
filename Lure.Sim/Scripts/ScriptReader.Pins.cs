using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Lure.Core.Kernel;
using Lure.Sim.Driving;

namespace Lure.Sim.Scripts;

/// <content>Pins, and what is expected of end records.</content>
internal sealed partial class ScriptReader
{
    private const string Acts =
        "a peer (c1, s1.2), w2, !EMFILE, accept, short, fails, at-once, delay, silent, order, truncate, report, "
        + "stale, strip, jump, die, drain, stop, clog, unclog, down, up, eject, reset or descriptors";
    private const int ErrnoMax = 133;
    private const long Millisecond = 1_000_000;

    private void ReadPin(ScriptWord first)
    {
        if (!TryMoment(first.Text, out long call, out int round, out bool after))
        {
            Fail(first, $"\"{first.Text}\" is no moment; expected @12, @12+ (after the call) or @12~2 (its 2nd sleep)");
            return;
        }

        if (_words.Count < 2)
        {
            Fail(first.Column + first.Text.Length, $"nothing happens; expected {Acts}");
            return;
        }

        ScriptWord verb = _words[1];
        if (!TryAct(verb, out Pin pin))
        {
            return;
        }

        Moment moment = pin.Act switch
        {
            Act.Order or Act.Truncate => Moment.Collect,
            Act.Report or Act.Stale or Act.Strip => Moment.Report,
            _ when round > 0 => Moment.Idle,
            _ => after ? Moment.After : Moment.Before,
        };
        pin = pin with { Call = call, Moment = moment, Round = round };
        _pins.Add(pin);
        _pinPlaces.Add((_line, verb.Column, pin));
    }

    private static bool TryMoment(string text, out long call, out int round, out bool after)
    {
        (round, after) = (0, false);
        string number = text[1..];
        if (number.EndsWith('+'))
        {
            after = true;
            number = number[..^1];
        }

        int tilde = number.IndexOf('~', StringComparison.Ordinal);
        if (tilde >= 0)
        {
            bool isRound = int.TryParse(
                number.AsSpan(tilde + 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out round
            );
            if (!isRound || round < 1 || after)
            {
                call = 0;
                return false;
            }

            number = number[..tilde];
        }

        return Units.TryNumber(number, out call) && call > 0;
    }

    private bool TryAct(ScriptWord verb, out Pin pin)
    {
        pin = default;
        string text = verb.Text;
        if (text.StartsWith('!'))
        {
            pin = pin with { Act = Act.Answer, Value = ReadErrno(text[1..], verb.Column + 1) };
            return Words(2);
        }

        if (TryIndexed(text, 'w', out int worker))
        {
            pin = pin with { Act = Act.Turn, Number = worker };
            return Words(2);
        }

        if (TryActor(text, allowsAll: false, out ActorName actor))
        {
            pin = pin with { Act = Act.Step, Actor = actor, Value = _words.Count > 2 ? ReadBytes() : 0 };
            return Words(_words.Count > 2 ? 3 : 2);
        }

        switch (text)
        {
            case "at-once":
                pin = pin with { Act = Act.AtOnce };
                return Words(2);
            case "silent":
                pin = pin with { Act = Act.Delay, Value = -1 };
                return Words(2);
            case "stop":
                pin = pin with { Act = Act.Command, Value = -1 };
                return Words(2);
            case "report" or "strip":
                return TryReport(text, out pin);
            case "die":
                pin = pin with { Act = Act.Die };
                bool dies = Words(4) && TryDescriptor(_words[2], out pin);
                pin = pin with { Act = Act.Die, Value = dies ? ReadErrno(_words[3].Text, _words[3].Column) : 0 };
                return dies;
            default:
                return TryActWithOne(verb, out pin);
        }
    }

    /// <summary>Acts with one word behind them.</summary>
    private bool TryActWithOne(ScriptWord verb, out Pin pin)
    {
        (Act act, string argument) = verb.Text switch
        {
            "short" => (Act.Limit, "n"),
            "order" => (Act.Order, "n"),
            "truncate" => (Act.Truncate, "n"),
            "descriptors" => (Act.Descriptors, "n"),
            "fails" => (Act.FailLater, "e"),
            "delay" => (Act.Delay, "t"),
            "jump" => (Act.Jump, "t"),
            "drain" => (Act.Command, "t"),
            "accept" => (Act.Accept, "s"),
            "down" => (Act.ServerDown, "s"),
            "up" => (Act.ServerUp, "s"),
            "eject" => (Act.EjectAll, "b"),
            "clog" => (Act.Clog, "p"),
            "unclog" => (Act.Unclog, "p"),
            "reset" => (Act.Reset, "p"),
            "stale" => (Act.Stale, "p"),
            _ => (Act.None, ""),
        };
        pin = new Pin(0, Moment.Before, 0, act);
        if (act == Act.None)
        {
            Fail(verb, $"\"{verb.Text}\" cannot happen; expected {Acts}");
            return false;
        }

        return Words(3) && TryArgument(argument, _words[2], ref pin);
    }

    private bool TryArgument(string kind, ScriptWord word, ref Pin pin)
    {
        switch (kind)
        {
            case "n":
                pin = pin with { Value = ReadNumber(word.Text, word.Column, 0, int.MaxValue) };
                return true;
            case "e":
                pin = pin with { Value = ReadErrno(word.Text, word.Column) };
                return true;
            case "t" when Units.TryTime(word.Text, out long time) && time % Millisecond == 0:
                pin = pin with { Value = time / Millisecond };
                return true;
            case "s" when TryIndexed(word.Text, 's', out int server):
                pin = pin with { Number = server };
                return true;
            case "b" when TryIndexed(word.Text, 'b', out int backend):
                pin = pin with { Number = backend };
                return true;
            case "p" when TryActor(word.Text.TrimStart('>'), allowsAll: false, out ActorName actor):
                bool server2 = word.Text.StartsWith('>');
                pin = pin with { Actor = actor, Number = server2 ? (int)Side.Server : 0 };
                return true;
            default:
                string expected = kind switch
                {
                    "t" => "a time in whole ms, such as 50ms",
                    "s" => "a server, such as s1",
                    "b" => "a backend, such as b1",
                    _ => "a peer, such as c1 or s1.2",
                };
                Fail(word, $"\"{word.Text}\" does not fit; expected {expected}");
                return false;
        }
    }

    private bool TryReport(string verb, out Pin pin)
    {
        pin = new Pin(0, Moment.Report, 0, verb == "report" ? Act.Report : Act.Strip);
        if (!Words(4))
        {
            return false;
        }

        if (pin.Act == Act.Strip)
        {
            pin = pin with { Number = ReadNumber(_words[2].Text, _words[2].Column, 0, int.MaxValue) };
        }
        else if (!TryDescriptor(_words[2], out pin))
        {
            return false;
        }

        long bits = 0;
        foreach (string name in _words[3].Text.Split('|'))
        {
            if (PinText.BitOf(name) is not { } bit)
            {
                Fail(_words[3], $"\"{name}\" is no bit; expected in, pri, out, err, hup, rdhup, with | between them");
                return false;
            }

            bits |= (long)bit;
        }

        pin = pin with { Act = verb == "report" ? Act.Report : Act.Strip, Value = bits };
        return true;
    }

    private bool TryDescriptor(ScriptWord word, out Pin pin)
    {
        bool isOne =
            word.Text.StartsWith("fd", StringComparison.Ordinal)
            & int.TryParse(
                word.Text.AsSpan(Math.Min(2, word.Text.Length)),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int fd
            );
        pin = new Pin(0, Moment.Before, 0, Act.None, default, fd);
        if (!isOne)
        {
            Fail(word, $"\"{word.Text}\" is no descriptor; expected fd5 and so on");
        }

        return isOne;
    }

    private long ReadBytes() => ReadNumber(_words[2].Text, _words[2].Column, 1, int.MaxValue);

    private long ReadErrno(string text, int column)
    {
        for (int errno = 1; errno <= ErrnoMax; errno++)
        {
            ReadOnlySpan<byte> name = ErrnoName.Utf8(errno);
            if (!name.IsEmpty && Encoding.ASCII.GetString(name) == text)
            {
                return errno;
            }
        }

        if (Units.TryNumber(text, out long number) && number is > 0 and <= ErrnoMax)
        {
            return number;
        }

        Fail(column, $"\"{text}\" is no error; expected a name such as ECONNRESET");
        return Errno.Invalid;
    }

    private bool Words(int count)
    {
        if (_words.Count > count)
        {
            Fail(_words[count], $"\"{_words[count].Text}\" is one word too many");
        }
        else if (_words.Count < count)
        {
            Fail(
                _words[^1].Column + _words[^1].Text.Length,
                "something is missing here; see docs/simulation.md, Scripts"
            );
        }

        return _words.Count == count;
    }

    private void ReadEnd()
    {
        if (_words.Count < 3 || !TryIndexed(_words[1].Text, 'c', out int client))
        {
            Fail(_words[^1], "expected end, a client and fields, such as \"end c1 code=-- up=100\"");
            return;
        }

        ImmutableArray<EndField>.Builder fields = ImmutableArray.CreateBuilder<EndField>();
        for (int i = 2; i < _words.Count; i++)
        {
            (string name, string? value, _) = _words[i].Halves();
            if (value is null || !EndFields.Names.Contains(name))
            {
                Fail(
                    _words[i],
                    $"\"{_words[i].Text}\" is no field; expected one of {string.Join(", ", EndFields.Names)}, with = and a value"
                );
                continue;
            }

            fields.Add(new EndField(name, value));
        }

        _ends.Add((new EndExpectation(client, fields.ToImmutable()), _line));
    }
}
