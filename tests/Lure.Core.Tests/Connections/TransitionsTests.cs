using System;
using System.Collections.Generic;
using System.Linq;
using Lure.Core.Connections;
using NUnit.Framework;

namespace Lure.Core.Tests.Connections;

[TestFixture]
internal sealed class TransitionsTests
{
    /// <summary>One walk for all rules: a second of work is not done fifteen times, and each rule sees each step.</summary>
    [Test]
    public void Every_rule_holds_of_every_step_and_of_every_word()
    {
        SortedDictionary<string, string> broken = new(StringComparer.Ordinal);
        IReadOnlySet<ConnectionFlags> words = FlagMachine.Walk(step =>
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

        Assert.That(broken, Is.Empty);
    }

    /// <summary>A rule that nothing could break would hold as well.</summary>
    [TestCaseSource(typeof(FlagRules), nameof(FlagRules.OfSteps))]
    public void A_rule_is_broken_by_what_it_forbids(FlagRules.StepRule rule) =>
        Assert.That(rule.IsBrokenBy(rule.Example), Is.True);
}
