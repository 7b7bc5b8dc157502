using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>What every rule has beside its code.</summary>
[TestFixture]
internal sealed class RuleTests
{
    private static IEnumerable<DiagnosticDescriptor> Rules =>
        new HotPathAnalyzer()
            .SupportedDiagnostics.Concat(new DeterminismAnalyzer().SupportedDiagnostics)
            .OrderBy(static rule => rule.Id);

    [TestCaseSource(nameof(Rules))]
    public void HasAPageThatSaysWhatItIs(DiagnosticDescriptor rule)
    {
        string[] page = File.ReadAllLines(Path.Combine(Repository.Root, rule.HelpLinkUri));
        string title = char.ToLowerInvariant(rule.Title.ToString()[0]) + rule.Title.ToString()[1..];
        Assert.That(
            page[0].Replace("[", "").Replace("]", ""),
            Is.EqualTo("# " + rule.Id + ": " + title.Replace("[", "").Replace("]", ""))
        );
        Assert.That(page, Has.Some.EqualTo("## What is reported").And.Some.EqualTo("## What is not reported"));
        string index = File.ReadAllText(Path.Combine(Repository.Root, "docs/analyzers/README.md"));
        Assert.That(index, Does.Contain("[" + rule.Id + "](" + rule.Id + ".md)"));
    }

    [TestCaseSource(nameof(Rules))]
    public void IsAnErrorThatNothingSwitchesOff(DiagnosticDescriptor rule)
    {
        Assert.That(rule.IsEnabledByDefault, Is.True);
        Assert.That(rule.DefaultSeverity, Is.EqualTo(DiagnosticSeverity.Error));
        Assert.That(rule.CustomTags, Does.Contain(WellKnownDiagnosticTags.NotConfigurable));
        Assert.That(rule.CustomTags, Does.Contain(WellKnownDiagnosticTags.Compiler));
    }

    [Test]
    public void IdsAreInOrderAndStable() =>
        Assert.That(
            Rules.Select(static rule => rule.Id),
            Is.EqualTo(Enumerable.Range(1, 19).Select(static n => "LURE" + n.ToString("D4", null)))
        );
}
