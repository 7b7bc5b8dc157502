using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lure.Sim.Conformance;
using Lure.Sim.Conformance.Notes;
using NUnit.Framework;

namespace Lure.Sim.Tests.Conformance;

/// <summary>
/// The fake alone answers what the real kernel answered: each claim of docs/kernel-notes.md, and random scripts that
/// were recorded. That the real one still does is for the tests of Lure.Linux, on the machine that they run on.
/// </summary>
public sealed class AnsweredScriptTests
{
    private const int Parts = 4;

    private readonly FakeWorld _world = new();

    private static IEnumerable<TestCaseData> Claims =>
        KernelNotes
            .Topics.SelectMany(topic => topic.Scripts)
            .Select(script => new TestCaseData(script).SetArgDisplayNames(script.Name));

    [TestCaseSource(nameof(Claims))]
    public void AClaim(NamedScript script)
    {
        int told = ScriptText.Parse(script.Script).Length;
        (Step[] steps, Answer[] answers) = Play(script.Text);
        Assert.That(string.Join("; ", AnswerText.Of(steps, answers)[^told..]), Is.EqualTo(script.Expected));
    }

    [Test]
    public void RecordedAnswers([Range(0, Parts - 1)] int part)
    {
        string[] lines = File.ReadAllLines(
            Path.Combine(TestContext.CurrentContext.TestDirectory, "Recorded", "random.txt")
        );
        Assert.That(lines, Has.Length.GreaterThan(500));
        for (int i = 2 * part; i < lines.Length; i += 2 * Parts)
        {
            (Step[] steps, Answer[] answers) = Play(lines[i]);
            Assert.That(AnswerText.Recorded(steps, answers), Is.EqualTo(lines[i + 1]), lines[i]);
        }
    }

    private (Step[] Steps, Answer[] Answers) Play(string text)
    {
        Step[] steps = ScriptText.Parse(text);
        Answer[] answers = new Answer[steps.Length];
        _world.Reset(Conformer<FakeSocketApi>.FakeOptions);
        new ScriptRunner<FakeSocketApi>(new FakeSocketApi(_world)).Play(steps, answers);
        AssertThatNothingIsLeft(_world);
        return (steps, answers);
    }

    /// <summary>Whose descriptors are all closed has no socket, no pipe and no memory any more.</summary>
    internal static void AssertThatNothingIsLeft(FakeWorld world)
    {
        world.SettleDown();
        Assert.That((world.Network.InUse, world.Network.Rings.Lent), Is.EqualTo((0, 0)));
    }
}
