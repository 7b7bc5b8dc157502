using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Tests.Connections;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Core.Tests.Documents;

/// <summary>docs/endings.md explains the codes that a session can end with: all of them, and no others.</summary>
[TestFixture]
internal sealed partial class EndingsDocumentTests
{
    private static readonly string[] s_fromOutside = ["timer", "drain deadline", "stop"];

    private readonly SortedSet<string> _codes = new(StringComparer.Ordinal);
    private string[] _lines = [];

    [OneTimeSetUp]
    public void Walk()
    {
        _ = FlagMachine.Reachable(Note);
        _lines = File.ReadAllLines(Checkout.PathOf("docs", "endings.md"));
    }

    [Test]
    public void Every_code_is_explained_and_none_that_cannot_occur() =>
        Assert.That(Listed("| Code |"), Is.EqualTo(string.Join(' ', _codes)));

    [Test]
    public void Every_first_letter_is_explained_and_none_that_cannot_occur() =>
        Assert.That(Listed("| 1st |"), Is.EqualTo(Letters(0)));

    [Test]
    public void Every_second_letter_is_explained_and_none_that_cannot_occur() =>
        Assert.That(Listed("| 2nd |"), Is.EqualTo(Letters(1)));

    private void Note(FlagMachine.Step step)
    {
        if (step.From.Cause() != EndCause.None)
        {
            return;
        }

        // A timer and an operator meet a session between two turns: what the last one left is settled.
        bool settled = Transitions.Settle(step.From) == step.From;
        if (settled || !s_fromOutside.Contains(step.Name))
        {
            Note(step.To);
        }

        if (!settled || step.From.Phase() == Phase.Ending)
        {
            return;
        }

        Note(Transitions.SelfCheckFailed(step.From));
        const ConnectionFlags reported =
            ConnectionFlags.Readable | ConnectionFlags.Hinted | ConnectionFlags.ReadDone | ConnectionFlags.Dead;
        if (!step.From.Has(reported, Side.Server))
        {
            // A registration is refused before anything was reported.
            Note(Transitions.OutOfResources(step.From));
        }
    }

    private void Note(ConnectionFlags flags)
    {
        bool whole = flags.Phase() == Phase.Ending && flags.Cause() == EndCause.None;
        if (whole || flags.Cause() != EndCause.None)
        {
            _codes.Add($"{(char)EndCode.Who(flags)}{(char)EndCode.State(flags)}");
        }
    }

    private string Letters(int index) => string.Join(' ', new SortedSet<char>(_codes.Select(code => code[index])));

    /// <summary>What stands in backticks in the first column of a table.</summary>
    private string Listed(string header)
    {
        IEnumerable<string> rows = _lines
            .SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'));
        IEnumerable<Match> quoted = rows.SelectMany(row => Quoted().Matches(row.Split('|')[1]));
        return string.Join(
            ' ',
            new SortedSet<string>(quoted.Select(match => match.Groups[1].Value), StringComparer.Ordinal)
        );
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
