using System;
using System.Collections.Generic;
using System.Linq;
using Lure.Core.Connections;
using NUnit.Framework;

namespace Lure.Core.Tests.Connections;

[TestFixture]
internal sealed class TransitionsTests
{
    /// <summary>One walk for all rules: the work is not done once for each, and each rule sees each step.</summary>
    [Test]
    [Category("Long")]
    public void Every_rule_holds_of_every_step_and_of_every_word() => Assert.That(Broken(FlagMachine.Walk), Is.Empty);

    /// <summary>The same of some hundred words: in moments, for who tries one mutant after the other.</summary>
    [Test]
    public void Every_rule_holds_on_the_way_of_a_session()
    {
        Assert.That(Broken(FlagMachine.Stroll), Is.Empty);
        Assert.That(
            FlagMachine.Stroll(_ => { }),
            Has.Count.GreaterThan(200),
            "a walk that goes nowhere breaks nothing"
        );
    }

    /// <summary>A rule that nothing could break would hold as well.</summary>
    [TestCaseSource(typeof(FlagRules), nameof(FlagRules.OfSteps))]
    public void A_rule_is_broken_by_what_it_forbids(FlagRules.StepRule rule) =>
        Assert.That(rule.IsBrokenBy(rule.Example), Is.True);

    /// <summary>Of each rule that does not hold the first step or word that shows it.</summary>
    private static SortedDictionary<string, string> Broken(
        Func<Action<FlagMachine.Step>, IReadOnlySet<ConnectionFlags>> walk
    )
    {
        SortedDictionary<string, string> broken = new(StringComparer.Ordinal);
        IReadOnlySet<ConnectionFlags> words = walk(step =>
        {
            foreach (FlagRules.StepRule rule in FlagRules.OfSteps)
            {
                if (rule.IsBrokenBy(step))
                {
                    broken.TryAdd(rule.Claim, $"{step}");
                }
            }
        });
        foreach (FlagRules.WordRule rule in FlagRules.OfWords)
        {
            if (words.FirstOrDefault(rule.IsBrokenBy) is not ConnectionFlags.None and ConnectionFlags word)
            {
                broken.Add(rule.Claim, $"{word}");
            }
        }

        return broken;
    }
}
