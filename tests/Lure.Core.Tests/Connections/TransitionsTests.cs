using System.Collections.Generic;
using System.Linq;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using NUnit.Framework;

namespace Lure.Core.Tests.Connections;

[TestFixture]
internal sealed class TransitionsTests
{
    private readonly List<FlagMachine.Step> _steps = [];
    private HashSet<ConnectionFlags> _reached = [];

    [OneTimeSetUp]
    public void Walk() => _reached = FlagMachine.Reachable(_steps.Add);

    [Test]
    public void Settling_leaves_only_words_that_agree_with_themselves()
    {
        FlagMachine.Step wrong = _steps.Find(step =>
            step.Name == "settle" && step.To.Phase() != Phase.Ending && !Decisions.IsConsistent(step.To)
        );
        Assert.That(wrong.Name, Is.Null, Describe(wrong));
    }

    [Test]
    public void Settling_twice_changes_nothing()
    {
        FlagMachine.Step wrong = _steps.Find(step => step.Name == "settle" && Transitions.Settle(step.To) != step.To);
        Assert.That(wrong.Name, Is.Null, Describe(wrong));
    }

    [TestCase(Side.Client)]
    [TestCase(Side.Server)]
    public void A_fin_goes_out_only_for_a_fin_that_came_in_and_after_its_last_byte(Side target)
    {
        FlagMachine.Step wrong = _steps.Find(step =>
            !step.From.Has(ConnectionFlags.FinSent, target)
            && step.To.Has(ConnectionFlags.FinSent, target)
            && (
                !step.From.Has(ConnectionFlags.Eof, target.Other())
                || step.From.Has(ConnectionFlags.Pending, target)
                || step.From.Has(ConnectionFlags.Dead, target.Other())
            )
        );
        Assert.That(wrong.Name, Is.Null, Describe(wrong));
    }

    [Test]
    public void The_first_cause_stays()
    {
        FlagMachine.Step wrong = _steps.Find(step =>
            step.From.Cause() != EndCause.None
            && (step.To.Cause() != step.From.Cause() || step.To.EndState() != step.From.EndState())
        );
        Assert.That(wrong.Name, Is.Null, Describe(wrong));
    }

    [TestCase(Side.Client)]
    [TestCase(Side.Server)]
    public void What_is_final_stays(Side side)
    {
        ConnectionFlags final = (
            ConnectionFlags.Eof | ConnectionFlags.Dead | ConnectionFlags.ReadDone | ConnectionFlags.FinSent
        ).On(side);
        FlagMachine.Step wrong = _steps.Find(step =>
            step.Name != "cleared" && (step.From & final & ~step.To) != ConnectionFlags.None
        );
        Assert.That(wrong.Name, Is.Null, Describe(wrong));
    }

    [Test]
    public void A_session_ends_without_a_cause_only_when_both_streams_were_passed_on_whole()
    {
        ConnectionFlags wrong = _reached.FirstOrDefault(flags =>
            flags.Phase() == Phase.Ending
            && flags.Cause() == EndCause.None
            && !(
                flags.Has(ConnectionFlags.FinSent, Side.Client)
                && flags.Has(ConnectionFlags.FinSent, Side.Server)
                && flags.Has(ConnectionFlags.Eof, Side.Client)
                && flags.Has(ConnectionFlags.Eof, Side.Server)
            )
        );
        Assert.That(wrong, Is.EqualTo(ConnectionFlags.None));
    }

    [Test]
    public void Nothing_is_read_from_or_written_to_a_side_that_ended()
    {
        ConnectionFlags wrong = _reached.FirstOrDefault(flags =>
            ReadsAfterTheEnd(flags, Side.Client) || ReadsAfterTheEnd(flags, Side.Server)
        );
        Assert.That(wrong, Is.EqualTo(ConnectionFlags.None));
    }

    /// <summary>The frontier is empty by construction; this says that no part of it is a trap.</summary>
    [Test]
    public void Every_word_has_a_way_out()
    {
        ILookup<ConnectionFlags, ConnectionFlags> backwards = _steps.ToLookup(step => step.To, step => step.From);
        HashSet<ConnectionFlags> ends = [.. _reached.Where(flags => flags.Phase() == Phase.Ending)];
        Queue<ConnectionFlags> queue = new(ends);
        while (queue.TryDequeue(out ConnectionFlags to))
        {
            foreach (ConnectionFlags from in backwards[to].Where(ends.Add))
            {
                queue.Enqueue(from);
            }
        }

        Assert.That(ends, Has.Count.EqualTo(_reached.Count));
    }

    private static bool ReadsAfterTheEnd(ConnectionFlags flags, Side side) =>
        (flags.Has(ConnectionFlags.ReadDone, side) && Decisions.WantsRead(flags, side))
        || (flags.Has(ConnectionFlags.Dead, side) && Decisions.WantsWrite(flags, side))
        || (
            !flags.Has(ConnectionFlags.Open, side)
            && (Decisions.WantsRead(flags, side) || Decisions.WantsWrite(flags, side))
        );

    private static string Describe(FlagMachine.Step step) => $"{step.From} --{step.Name}--> {step.To}";
}
