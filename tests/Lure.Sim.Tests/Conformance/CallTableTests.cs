using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lure.Sim.Conformance.Table;
using NUnit.Framework;

namespace Lure.Sim.Tests.Conformance;

/// <summary>
/// Every call in every situation is answered as a real kernel answered it (Recorded/calls.txt, which the tests of
/// Lure.Linux write, and hold to the kernel of the machine). `lure conform --script` shows both answers to a script.
/// </summary>
public sealed class CallTableTests
{
    private readonly FakeWorld _world = new();

    private static readonly string[] s_lines = File.ReadAllLines(
        Path.Combine(TestContext.CurrentContext.TestDirectory, "Recorded", "calls.txt")
    );

    // Put together once a process, and only where they are played: runs of a few tests are many.
    private static readonly ConcurrentDictionary<Situation, CallScript[]> s_scripts = new();

    private static IEnumerable<TestCaseData> Situations =>
        CallTable.Situations.Select(situation => new TestCaseData(situation).SetArgDisplayNames(situation.Name));

    [TestCaseSource(nameof(Situations))]
    public void ASituation(Situation situation)
    {
        int line = Array.IndexOf(s_lines, CallTable.HeadOf(situation));
        Assert.That(line, Is.Not.Negative, "it was recorded");
        foreach (CallScript script in s_scripts.GetOrAdd(situation, _ => [.. CallTable.ScriptsOf(situation)]))
        {
            string expected = s_lines[++line];
            if (expected != script.Varying)
            {
                Assert.That(script.LinesOfTheFake(_world), Does.Contain(expected), () => script.Text);
                AnsweredScriptTests.AssertThatNothingIsLeft(_world);
            }
        }
    }
}
