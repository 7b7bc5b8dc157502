using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using Lure.Core;
using Lure.Sim.Actors;
using Lure.Sim.Running;

namespace Lure.Sim.Scripts;

/// <summary>Runs one script after the other, in memory that stays warm.</summary>
internal sealed class ScriptPlayer : IDisposable
{
    private readonly Simulation _simulation;
    private readonly ScriptDriver _driver = new();
    private readonly ScriptPrograms _programs = new();

    public ScriptPlayer(WorkerSet workers) => _simulation = new Simulation(workers);

    public Simulation Simulation => _simulation;

    public ScriptDriver Driver => _driver;

    public ScriptResult Play(Script script, TextWriter? trace = null) => Play(script, [], trace);

    /// <param name="script">What is to happen.</param>
    /// <param name="anchors">Where its pins belong; empty for the calls that they name.</param>
    /// <param name="trace">Where a line for each event goes, if anywhere.</param>
    public ScriptResult Play(Script script, ImmutableArray<Anchor> anchors, TextWriter? trace = null)
    {
        _simulation.TraceTo = trace;
        string? failure = null;
        try
        {
            Run(script, anchors);
        }
        catch (Exception exception) when (Findings.Are(exception))
        {
            failure = Findings.Describe(exception);
        }

        string? check = failure is null ? null : FailureId.Of(failure);
        (ScriptVerdict verdict, string? message) = Judge(script, failure, check);
        return new ScriptResult(verdict, message, check, _simulation.World.Trace.Hash, _simulation.Calls);
    }

    public void Dispose() => _simulation.Dispose();

    private void Run(Script script, ImmutableArray<Anchor> anchors)
    {
        _programs.Begin(script.Servers);
        _driver.Begin(_simulation, script.Pins, anchors);
        _simulation.Begin(script.Plan, _driver, _programs);
        foreach (ClientPart part in script.Clients)
        {
            Actor client = _simulation.Cast.AddClient(part.Front);
            client.Program.AddRange(part.Program);
        }

        _simulation.Run();
    }

    private (ScriptVerdict Verdict, string? Message) Judge(Script script, string? failure, string? check)
    {
        if (script.Fails is { } expected)
        {
            return check == expected
                ? (ScriptVerdict.Held, null)
                : (ScriptVerdict.Failed, $"{expected} was to fail; {failure ?? "everything held"}");
        }

        if (failure is not null)
        {
            return (Findings.IsUndecided(failure) ? ScriptVerdict.Inconclusive : ScriptVerdict.Failed, failure);
        }

        string? unmet = FindUnmetRead() ?? FindUnmetEnd(script);
        if (unmet is not null)
        {
            return (ScriptVerdict.Failed, unmet);
        }

        return _driver.Unused is { } pin
            ? (ScriptVerdict.Inconclusive, $"inconclusive: \"{PinText.WithMoment(pin)}\" never happened")
            : (ScriptVerdict.Held, null);
    }

    private string? FindUnmetRead()
    {
        foreach (Actor actor in _simulation.Cast.Actors)
        {
            if (actor.Unmet is { } unmet)
            {
                Step step = actor.Program[unmet.Step];
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Naming.Of(actor)}: \"{ProgramText.Of([step])}\" came to {unmet.Bytes} bytes, end {unmet.End}"
                );
            }

            for (int i = actor.At; i < actor.Program.Count; i++)
            {
                if (actor.Program[i].Expected != default)
                {
                    return $"{Naming.Of(actor)}: \"{ProgramText.Of([actor.Program[i]])}\" was never done";
                }
            }
        }

        return null;
    }

    private string? FindUnmetEnd(Script script)
    {
        foreach (EndExpectation end in script.Ends)
        {
            ActorName name = ActorName.Client(end.Client);
            if (_simulation.Ledger.RecordOf(_simulation.Cast.Actors[end.Client]) is not { } record)
            {
                return $"{name}: it has no end record";
            }

            foreach (EndField field in end.Fields)
            {
                string found = EndFields.Value(record, field.Name);
                if (found != field.Value)
                {
                    return $"{name}: its record says {field.Name}={found}, expected {field.Value}";
                }
            }
        }

        return null;
    }
}
