using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lure.Core.Connections;
using Lure.Core.Tests.Connections;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Core.Tests.Documents;

/// <summary>docs/endings.md explains the codes that a session can end with: all of them, and no others.</summary>
[TestFixture]
[Category("Long")]
internal sealed partial class EndingsDocumentTests
{
    private readonly SortedSet<string> _codes = new(StringComparer.Ordinal);
    private string[] _lines = [];

    [OneTimeSetUp]
    public void Walk()
    {
        foreach (ConnectionFlags flags in FlagMachine.Walk(_ => { }))
        {
            Note(flags);
        }

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
