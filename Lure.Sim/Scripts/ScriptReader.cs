using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Lure.Sim.Actors;
using Lure.Sim.Running;

namespace Lure.Sim.Scripts;

/// <summary>Reads scripts line by line, and goes on behind a mistake, so that all are told at once.</summary>
internal sealed partial class ScriptReader
{
    private const int ErrorsMax = 20;
    private const string Lines =
        "cfg, backend, server, front, a program (c1: …, s1: …, s1.2: …), a pin (@12 …), end or expect";

    private readonly List<ScriptWord> _words = [];
    private readonly ImmutableArray<ScriptError>.Builder _errors = ImmutableArray.CreateBuilder<ScriptError>();
    private readonly List<string> _comments = [];
    private readonly List<ClientPart> _clients = [];
    private readonly List<(ServerPart Part, int Line)> _servers = [];
    private readonly List<Pin> _pins = [];
    private readonly List<(int Line, int Column, Pin Pin)> _pinPlaces = [];
    private readonly List<(EndExpectation End, int Line)> _ends = [];
    private Plan _plan = Script.Defaults;
    private string? _fails;
    private int _line;
    private bool _begun;

    private ScriptReader() { }

    public static Script Read(string text, string fileName)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        ScriptReader reader = new();
        foreach (string line in lines)
        {
            reader._line++;
            reader.ReadLine(line);
        }

        Script script = reader.Finish();
        return reader._errors.Count == 0
            ? script
            : throw new ScriptException(fileName, lines, reader._errors.ToImmutable());
    }

    private void ReadLine(string line)
    {
        ScriptWord.Split(line, _words);
        if (_words.Count == 0)
        {
            if (!_begun && line.TrimStart().StartsWith('#'))
            {
                string comment = line.TrimStart()[1..].TrimEnd();
                _comments.Add(comment.StartsWith(' ') ? comment[1..] : comment);
            }

            return;
        }

        _begun = true;
        ScriptWord first = _words[0];
        switch (first.Text)
        {
            case "cfg":
                ReadSettings();
                break;
            case "backend":
                ReadBackend();
                break;
            case "server":
                ReadServer();
                break;
            case "front":
                ReadFront();
                break;
            case "end":
                ReadEnd();
                break;
            case "expect":
                ReadFailure();
                break;
            default:
                ReadOther(first);
                break;
        }
    }

    private void ReadOther(ScriptWord first)
    {
        if (first.Text.StartsWith('@'))
        {
            ReadPin(first);
        }
        else if (_words.Exists(word => word.Text.EndsWith(':')))
        {
            ReadProgramLine(first);
        }
        else
        {
            Fail(first, $"\"{first.Text}\" begins no line; expected {Lines}");
        }
    }

    private void ReadSettings()
    {
        for (int i = 1; i < _words.Count; i++)
        {
            (string name, string? value, int column) = _words[i].Halves();
            Setting? setting = Array.Find(Setting.All, candidate => candidate.Name == name);
            if (setting is null)
            {
                string names = string.Join(", ", Array.ConvertAll(Setting.All, known => known.Name));
                Fail(_words[i], $"there is no setting \"{name}\"; expected one of {names}");
            }
            else if (setting.Unit == Unit.Flag ? value is not null : !TryValue(setting, value, out _))
            {
                Fail(column, setting.Unit == Unit.Flag ? $"{name} has no value" : $"{name} needs {setting.Expected}");
            }
            else
            {
                TryValue(setting, value, out long number);
                _plan = setting.With(_plan, number);
            }
        }
    }

    private static bool TryValue(Setting setting, string? text, out long number)
    {
        number = 1;
        if (text is null)
        {
            return setting.Unit == Unit.Flag;
        }

        if (setting.Unit == Unit.Bits)
        {
            bool isNumber = Units.TryUnsigned(text, out ulong bits);
            number = (long)bits;
            return isNumber;
        }

        bool read = setting.Unit == Unit.Time ? Units.TryTime(text, out number) : Units.TryNumber(text, out number);
        return read && number >= setting.Min && number <= setting.Max;
    }

    private void ReadProgramLine(ScriptWord first)
    {
        string name = first.Text;
        int front = 0;
        int at = 1;
        if (name.EndsWith(':'))
        {
            name = name[..^1];
        }
        else if (_words.Count > 1 && _words[1].Text.EndsWith(':'))
        {
            if (!TryIndexed(_words[1].Text[..^1], 'f', out front))
            {
                Fail(_words[1], $"\"{_words[1].Text}\" is no front; expected f1: and so on");
            }

            at = 2;
        }

        if (!TryActor(name, allowsAll: true, out ActorName actor))
        {
            Fail(
                first,
                $"\"{name}\" is no peer; expected c1 (a client), s1 (a server) or s1.2 (its second connection)"
            );
            return;
        }

        ImmutableArray<Step> program = ReadProgram(at, actor);
        if (actor.IsClient)
        {
            AddClient(first, actor, front, program);
        }
        else if (_servers.Exists(known => known.Part.Connection == actor))
        {
            Fail(first, $"{actor} has a program already");
        }
        else
        {
            _servers.Add((new ServerPart(actor, program), _line));
        }
    }

    private void AddClient(ScriptWord first, ActorName actor, int front, ImmutableArray<Step> program)
    {
        if (actor.Ordinal != _clients.Count)
        {
            string next = ActorName.Client(_clients.Count).ToString();
            Fail(first, $"{actor} is out of order; the next client is {next}");
            return;
        }

        _fronts.Add((_line, first.Column, front));
        _clients.Add(new ClientPart(front, program));
    }

    private void ReadFailure()
    {
        if (_words.Count != 2)
        {
            Fail(_words[0], "expect needs one check: V1, V23, fake, or the name of an exception");
            return;
        }

        _fails = _words[1].Text;
    }

    private Script Finish()
    {
        _plan = _plan with { Backends = BuildBackends(), Fronts = BuildFronts() };
        CheckReferences();
        return new Script
        {
            Comments = [.. _comments],
            Plan = _plan,
            Clients = [.. _clients],
            Servers = [.. _servers.ConvertAll(known => known.Part)],
            Pins = [.. _pins],
            Ends = [.. _ends.ConvertAll(known => known.End)],
            Fails = _fails,
        };
    }

    private void Fail(ScriptWord word, string message) => Fail(word.Column, message);

    private void Fail(int column, string message) => Fail(_line, column, message);

    private void Fail(int line, int column, string message)
    {
        if (_errors.Count < ErrorsMax)
        {
            _errors.Add(new ScriptError(line, column, message));
        }
    }

    /// <summary>A number from 1 on behind a letter; what comes out is from 0 on.</summary>
    private static bool TryIndexed(string text, char letter, out int index)
    {
        index = -1;
        bool isOne =
            text.Length > 1
            && text[0] == letter
            && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index > 0;
        index--;
        return isOne;
    }

    private static bool TryActor(string text, bool allowsAll, out ActorName actor)
    {
        actor = default;
        if (TryIndexed(text, 'c', out int client))
        {
            actor = ActorName.Client(client);
            return true;
        }

        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            bool all = TryIndexed(text, 's', out int server);
            actor = new ActorName(server, -1);
            return all && allowsAll;
        }

        if (TryIndexed(text[..dot], 's', out int owner) && TryIndexed("." + text[(dot + 1)..], '.', out int ordinal))
        {
            actor = new ActorName(owner, ordinal);
            return true;
        }

        return false;
    }
}
