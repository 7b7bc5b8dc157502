using System.IO;
using System.Linq;
using Lure.Sim.Canaries;
using Lure.Sim.Exhaustive;
using Lure.Sim.Running;
using Lure.Sim.Scripts;
using NUnit.Framework;

namespace Lure.Sim.Tests.Exhaustive;

/// <summary>Everything that can happen in a small world, and that what should be found there is.</summary>
[TestFixture]
[Category("Long")]
[Parallelizable(ParallelScope.All)]
public sealed class ExplorationTests
{
    // A number that changes says that the loop, the fake kernel or what tells states apart has changed:
    // when that was meant, it is written down anew.
    [TestCase(4, 0, false, 6_405, 12_995)]
    [TestCase(2, 1, false, 10_458, 18_974)]
    [TestCase(4, 0, true, 21_580, 41_337)]
    public void Everything_is_tried_and_holds(int payload, int interferences, bool splices, int states, int runs)
    {
        ExhaustiveResult result = Explore(
            new ExhaustiveScope
            {
                Payload = payload,
                Interferences = interferences,
                Splices = splices,
            }
        );

        Assert.Multiple(() =>
        {
            Assert.That(result.Failure, Is.Null);
            Assert.That((result.Left, result.Contradictions), Is.EqualTo((0, 0)));
            Assert.That((result.States, result.Runs), Is.EqualTo((states, runs)));
            Assert.That(Report(result), Does.Contain("frontier     empty\nevery check held\n"));
        });
    }

    [Test]
    public void A_bound_that_cuts_is_no_pass([Values] bool ofRuns)
    {
        ExhaustiveScope scope = new() { Payload = 2, Interferences = 0 };

        ExhaustiveResult result = Explore(ofRuns ? scope with { RunsMax = 50 } : scope with { DepthMax = 6 });

        Assert.That((result.Failure, result.IsComplete), Is.EqualTo(((string?)null, false)));
        Assert.That(result.Left, Is.Positive);
        Assert.That(Report(result), Does.Contain(" prefixes are left\ninconclusive: "));
    }

    [TestCase("RepeatedByte")]
    [TestCase("CountTooSmall")]
    [TestCase("ShortWriteHidden")]
    [TestCase("ResetAsEnd")]
    [TestCase("TailDropped")]
    [TestCase("ResetForgotten")]
    [TestCase("EndInterrupted")]
    [TestCase("CloseNotDone")]
    [TestCase("EdgeSwallowed")]
    [TestCase("EndSwallowed")]
    [TestCase("DataHidden")]
    [TestCase("FinNotSent")]
    [TestCase("UnacknowledgedWrong")]
    [TestCase("EndForgotten")]
    public void A_kernel_that_lies_is_found_out(string name)
    {
        Canary canary = CanaryTable.All.Single(each => each.Name == name);
        ExhaustiveScope scope = new() { Payload = 2, Interferences = 1 };

        ExhaustiveResult result = Exploration.Run(scope, () => new CanaryWorkers { Canary = canary });

        Assert.That(result.Failure, Is.Not.Null);
        Assert.That(result.Script, Is.Not.Null, Report(result));
        Assert.That(Report(result), Does.Contain("\nchoices: ").And.Contain("ScriptRun.Check("));
        using ScriptPlayer player = new(new CanaryWorkers { Canary = canary });
        Assert.That(player.Play(result.Script!).Check, Is.EqualTo(FailureId.Of(result.Failure!)));
    }

    [Test]
    public void What_tells_states_apart_has_to_tell_what_comes_next()
    {
        ChoiceTree tree = new();
        ulong[] afterTheSame = [2, 3];
        int run = 0;
        do
        {
            tree.Begin();
            int first = tree.Choose(10, options: 2);
            tree.Choose(first == 0 ? 20UL : 1, options: 2);
            tree.Choose(1, options: 2);
            tree.Choose(afterTheSame[run % 2], options: 2);
            run++;
        } while (tree.Advance());

        Assert.That(tree.Contradictions, Is.Positive);
    }

    private static ExhaustiveResult Explore(ExhaustiveScope scope) =>
        Exploration.Run(scope, static () => new WorkerSet<FakeKernel>());

    private static string Report(ExhaustiveResult result)
    {
        using StringWriter text = new() { NewLine = "\n" };
        result.Write(text);
        return text.ToString();
    }
}
