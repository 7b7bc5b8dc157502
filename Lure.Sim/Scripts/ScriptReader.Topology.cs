using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Lure.Core.Backends;
using Lure.Sim.Running;

namespace Lure.Sim.Scripts;

/// <content>The lines that tell what the relay relays to, and what refers to them.</content>
internal sealed partial class ScriptReader
{
    private const int RetriesMax = 7;
    private const int WeightMax = 256;

    private readonly List<BackendSpec> _backends = [];
    private readonly List<List<ServerSpec>> _serversOf = [];
    private readonly List<(Front Front, int Line, int Column)> _frontLines = [];
    private readonly List<(int Line, int Column, int Front)> _fronts = [];
    private int _serverCount;

    private void ReadBackend()
    {
        BackendSpec backend = Script.Defaults.Backends[0] with
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"b{_backends.Count + 1}"),
        };
        ReadName('b', _backends.Count);
        for (int i = 2; i < _words.Count; i++)
        {
            (string name, string? value, int column) = _words[i].Halves();
            switch (name)
            {
                case "balance" when value is not null && ScriptWriter.Balances.IndexOf(value) is >= 0 and int balance:
                    backend = backend with { Balance = (Balance)balance };
                    break;
                case "balance":
                    Fail(column, $"expected one of {string.Join(", ", ScriptWriter.Balances)}");
                    break;
                case "retries":
                    backend = backend with { Retries = ReadNumber(value, column, 0, RetriesMax) };
                    break;
                case "eject":
                    backend = backend with { EjectAfter = ReadNumber(value, column, 0, int.MaxValue) };
                    break;
                case "for" when value is not null && Units.TryTime(value, out long time) && time > 0:
                    backend = backend with { EjectFor = time };
                    break;
                case "for":
                    Fail(column, "expected a time such as 10s");
                    break;
                default:
                    Fail(_words[i], $"a backend has no \"{name}\"; expected balance, retries, eject or for");
                    break;
            }
        }

        _backends.Add(backend);
        _serversOf.Add([]);
    }

    private void ReadServer()
    {
        ReadName('s', _serverCount);
        ServerSpec server = new()
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"s{++_serverCount}"),
            Address = default,
        };
        for (int i = 2; i < _words.Count; i++)
        {
            (string name, string? value, int column) = _words[i].Halves();
            switch (name)
            {
                case "weight":
                    server = server with { Weight = ReadNumber(value, column, 1, WeightMax) };
                    break;
                case "max":
                    server = server with { MaxSessions = ReadNumber(value, column, 1, int.MaxValue) };
                    break;
                case "backup" when value is null:
                    server = server with { Backup = true };
                    break;
                case "unix" when value is null:
                    server = server with { Address = FakeAddress.UnnamedUnix() };
                    break;
                default:
                    Fail(_words[i], $"a server has no \"{_words[i].Text}\"; expected weight=, max=, backup or unix");
                    break;
            }
        }

        if (_backends.Count == 0)
        {
            Fail(_words[0], "a server stands below its backend; expected a line such as \"backend b1\" first");
            return;
        }

        _serversOf[^1].Add(server);
    }

    private void ReadFront()
    {
        ReadName('f', _frontLines.Count);
        int backend = 0;
        bool unix = _words.Count == 4 && _words[3].Text == "unix";
        if (_words.Count != (unix ? 4 : 3) || !TryIndexed(_words[2].Text, 'b', out backend))
        {
            Fail(_words[^1], "expected front, its name, its backend and perhaps unix, such as \"front f1 b1\"");
            backend = 0;
        }

        _frontLines.Add((new Front(backend, unix), _line, _words[Math.Min(2, _words.Count - 1)].Column));
    }

    /// <summary>Names count from 1 without a gap, so that a line that is missing is noticed.</summary>
    private void ReadName(char letter, int index)
    {
        if (_words.Count < 2)
        {
            Fail(_words[0], $"expected a name: {letter}{index + 1}");
        }
        else if (!TryIndexed(_words[1].Text, letter, out int found) || found != index)
        {
            Fail(_words[1], $"\"{_words[1].Text}\" is not the next name; expected {letter}{index + 1}");
        }
    }

    private int ReadNumber(string? text, int column, int min, int max)
    {
        if (text is not null && Units.TryNumber(text, out long number) && number >= min && number <= max)
        {
            return (int)number;
        }

        Fail(column, string.Create(CultureInfo.InvariantCulture, $"expected a number from {min} to {max}"));
        return min;
    }

    private ImmutableArray<BackendSpec> BuildBackends()
    {
        if (_backends.Count == 0)
        {
            return Script.Defaults.Backends;
        }

        ImmutableArray<BackendSpec>.Builder backends = ImmutableArray.CreateBuilder<BackendSpec>(_backends.Count);
        for (int i = 0; i < _backends.Count; i++)
        {
            backends.Add(_backends[i] with { Servers = [.. _serversOf[i]] });
        }

        return backends.MoveToImmutable();
    }

    private ImmutableArray<Front> BuildFronts() =>
        _frontLines.Count == 0 ? Script.Defaults.Fronts : [.. _frontLines.ConvertAll(line => line.Front)];

    /// <summary>What is named has to be there: a script that talks to nobody would pass for the wrong reason.</summary>
    private void CheckReferences()
    {
        foreach ((Front listener, int line, int column) in _frontLines)
        {
            if (listener.Backend >= _plan.Backends.Length)
            {
                Fail(line, column, $"there is no backend b{listener.Backend + 1}");
            }
        }

        foreach ((int line, int column, int front) in _fronts)
        {
            if (front >= _plan.Fronts.Length)
            {
                Fail(line, column, $"there is no front f{front + 1}");
            }
        }

        foreach ((ServerPart part, int line) in _servers)
        {
            if (part.Connection.Server >= _plan.Servers)
            {
                Fail(line, 1, $"there is no server s{part.Connection.Server + 1}");
            }
        }

        foreach ((EndExpectation end, int line) in _ends)
        {
            if (end.Client >= _clients.Count)
            {
                Fail(line, 1, $"there is no client c{end.Client + 1}");
            }
        }

        foreach ((int line, int column, Pin pin) in _pinPlaces)
        {
            CheckPin(line, column, pin);
        }
    }

    private void CheckPin(int line, int column, in Pin pin)
    {
        if (Pin.IsOfPeer(pin.Act))
        {
            bool known = pin.Actor.IsClient ? pin.Actor.Ordinal < _clients.Count : pin.Actor.Server < _plan.Servers;
            if (!known)
            {
                Fail(line, column, $"there is no {pin.Actor}");
            }
        }
        else if (
            pin.Act is Driving.Act.Accept or Driving.Act.ServerDown or Driving.Act.ServerUp
            && pin.Number >= _plan.Servers
        )
        {
            Fail(line, column, $"there is no server s{pin.Number + 1}");
        }
        else if (pin.Act is Driving.Act.EjectAll && pin.Number >= _plan.Backends.Length)
        {
            Fail(line, column, $"there is no backend b{pin.Number + 1}");
        }
    }
}
