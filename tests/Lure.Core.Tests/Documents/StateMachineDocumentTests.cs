using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Lure.Core.Connections;
using Lure.Core.Tests.Connections;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Core.Tests.Documents;

/// <summary>docs/state-machine.md draws the steps that the walk took: all of them, and no others.</summary>
[TestFixture]
[Category("Long")]
internal sealed class StateMachineDocumentTests
{
    private static readonly Phase[] s_phases = [Phase.Connecting, Phase.Relaying, Phase.Lingering, Phase.Ending];

    private readonly SortedDictionary<string, SortedSet<Phase>[]> _outcomes = new(StringComparer.Ordinal);
    private int _words;
    private int _steps;

    /// <summary>LURE_UPDATE=1 writes the file anew, to be read in the difference.</summary>
    [Test]
    public void The_document_is_what_the_walk_found()
    {
        _words = FlagMachine.Walk(Note).Count;
        string path = Checkout.PathOf("docs", "state-machine.md");
        string text = Write();
        if (Environment.GetEnvironmentVariable("LURE_UPDATE") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.That(text, Is.EqualTo(File.ReadAllText(path)));
    }

    private void Note(FlagMachine.Step step)
    {
        _steps++;
        if (!_outcomes.TryGetValue(step.Event, out SortedSet<Phase>[]? from))
        {
            from = Array.ConvertAll(s_phases, _ => new SortedSet<Phase>());
            _outcomes.Add(step.Event, from);
        }

        from[Array.IndexOf(s_phases, step.From.Phase())].Add(step.To.Phase());
    }

    private string Write()
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            # The states of a session

            Written by `StateMachineDocumentTests` from the walk that the tests take through every word of flags
            ([FlagMachine](../tests/Lure.Core.Tests/Connections/FlagMachine.cs)). `LURE_UPDATE=1` in the environment of the
            tests of `Lure.Core` writes it anew. What the phases mean: [ARCHITECTURE.md](ARCHITECTURE.md#the-flags).

            From a fresh session {_words:N0} words of flags can be reached, by {_steps:N0} steps; no step leads to
            another one. Each step is held to the rules in
            [FlagRules](../tests/Lure.Core.Tests/Connections/FlagRules.cs).

            ```mermaid
            stateDiagram-v2
                [*] --> Connecting: accepted

            """
        );
        foreach (Phase from in s_phases)
        {
            foreach (Phase to in s_phases.Where(to => to != from && EventsOf(from, to).Length > 0))
            {
                string events = string.Join("<br/>", EventsOf(from, to));
                text.Append(CultureInfo.InvariantCulture, $"    {from} --> {to}: {events}\n");
            }
        }

        text.Append(
            """
                Ending --> [*]: retired
            ```

            What each event can lead to; "-": it does not come in this phase. "Settle" is the end of a turn: what follows from
            the flags without another event.


            """
        );
        AppendTable(text);
        return text.ToString();
    }

    private void AppendTable(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"| event | {string.Join(" | ", s_phases)} |\n");
        text.Append("|---|").Append(string.Concat(Enumerable.Repeat("---|", s_phases.Length))).Append('\n');
        foreach ((string name, SortedSet<Phase>[] outcomes) in _outcomes)
        {
            IEnumerable<string> cells = s_phases.Select((from, i) => Cell(from, outcomes[i]));
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", cells)} |\n");
        }
    }

    private string[] EventsOf(Phase from, Phase to) =>
        [.. _outcomes.Where(each => each.Value[Array.IndexOf(s_phases, from)].Contains(to)).Select(each => each.Key)];

    private static string Cell(Phase from, SortedSet<Phase> outcomes) =>
        outcomes.Count == 0 ? "-" : string.Join(" or ", outcomes.Select(to => to == from ? "stays" : $"{to}"));
}
