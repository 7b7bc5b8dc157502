using System.Collections.Generic;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Records;
using NUnit.Framework;
using static Lure.Core.Connections.ConnectionFlags;

namespace Lure.Core.Tests.Connections;

/// <summary>What words ask for, one by one: the walk holds decisions and transitions to each other, this holds both to something.</summary>
[TestFixture]
internal sealed class DecisionsTests
{
    private static readonly Side[] s_sides = [Side.Client, Side.Server];

    private static ConnectionFlags Both => Open.On(Side.Client) | Open.On(Side.Server);

    private static ConnectionFlags Relaying => Both | None.With(Phase.Relaying);

    private static ConnectionFlags Lingering =>
        Both | None.WithFirst(EndCause.Client, EndState.Data).With(Phase.Lingering);

    private static ConnectionFlags Connecting => Open.On(Side.Client) | None.With(Phase.Connecting);

    [TestCaseSource(nameof(Consistent))]
    public void A_word_that_agrees_with_itself_passes(ConnectionFlags flags) =>
        Assert.That(Decisions.IsConsistent(flags), Is.True);

    [TestCaseSource(nameof(Inconsistent))]
    public void A_word_that_contradicts_itself_is_found(ConnectionFlags flags) =>
        Assert.That(Decisions.IsConsistent(flags), Is.False);

    [TestCaseSource(nameof(Reads))]
    public void A_read_is_worth_it_or_not(ConnectionFlags flags, Side source, bool worth) =>
        Assert.That(Decisions.WantsRead(flags, source), Is.EqualTo(worth));

    [TestCaseSource(nameof(Writes))]
    public void A_write_is_worth_it_or_not(ConnectionFlags flags, Side target, bool worth) =>
        Assert.That(Decisions.WantsWrite(flags, target), Is.EqualTo(worth));

    [TestCaseSource(nameof(Questions))]
    public void Acknowledgements_are_asked_for_while_lingering_of_who_lives_and_has_all(
        ConnectionFlags bits,
        bool asked
    )
    {
        foreach (Side side in s_sides)
        {
            Assert.That(Decisions.AcknowledgementDue(Lingering | bits.On(side), side), Is.EqualTo(asked));
            Assert.That(Decisions.AcknowledgementDue(Relaying | bits.On(side), side), Is.False);
        }
    }

    [Test]
    public void How_a_stream_ended_is_told_by_the_first_of_fin_reset_and_timeout([Values] Side side)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Decisions.EndOf((Eof | Dead | TimedOut).On(side), side), Is.EqualTo(EndKind.Fin));
            Assert.That(Decisions.EndOf((Dead | TimedOut).On(side), side), Is.EqualTo(EndKind.Reset));
            Assert.That(Decisions.EndOf(TimedOut.On(side), side), Is.EqualTo(EndKind.Timeout));
            Assert.That(Decisions.EndOf((Eof | Dead | TimedOut).On(side.Other()), side), Is.EqualTo(EndKind.None));
        });
    }

    [Test]
    public void How_a_stream_was_ended_is_told_of_who_was_there()
    {
        ConnectionFlags refused = Both.WithFirst(EndCause.Server, EndState.Connect);
        Assert.Multiple(() =>
        {
            Assert.That(Decisions.OutOf(Both | FinSent, Side.Client), Is.EqualTo(EndKind.Fin));
            Assert.That(Decisions.OutOf(Both | FinSent, Side.Server), Is.EqualTo(EndKind.Reset));
            Assert.That(Decisions.OutOf(Open.On(Side.Client), Side.Server), Is.EqualTo(EndKind.None));
            Assert.That(Decisions.OutOf(refused, Side.Server), Is.EqualTo(EndKind.None));
            Assert.That(Decisions.OutOf(refused, Side.Client), Is.EqualTo(EndKind.Reset));
        });
    }

    [Test]
    public void A_side_is_reset_when_its_stream_is_cut_and_it_lives([Values] Side side)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Decisions.EndsByReset(Lingering, side), Is.True);
            Assert.That(Decisions.EndsByReset(Lingering | Dead.On(side), side), Is.False);
            Assert.That(Decisions.EndsByReset(Relaying, side), Is.False);
        });
    }

    [Test]
    public void A_fin_is_due_when_settling_has_made_it_so_and_a_close_will_not_send_it([Values] Side side)
    {
        ConnectionFlags sent = Relaying | FinSent.On(side);
        Assert.Multiple(() =>
        {
            Assert.That(Decisions.ShutdownDue(Relaying, sent, side), Is.True);
            Assert.That(Decisions.ShutdownDue(sent, sent, side), Is.False);
            Assert.That(Decisions.ShutdownDue(Relaying, Relaying, side), Is.False);
            Assert.That(Decisions.ShutdownDue(Relaying, sent.With(Phase.Ending), side), Is.False);
        });
    }

    private static IEnumerable<ConnectionFlags> Consistent()
    {
        yield return Connecting;
        yield return Connecting.WithFirst(EndCause.Client, EndState.Connect);
        yield return Relaying;
        yield return Lingering;
        foreach (Side side in s_sides)
        {
            yield return Relaying | (Pending | Full).On(side);
            yield return Relaying | (Eof | ReadDone).On(side) | FinSent.On(side.Other());
            yield return Relaying | ReadDone.On(side);
        }
    }

    private static IEnumerable<ConnectionFlags> Inconsistent()
    {
        yield return None.With(Phase.Connecting);
        yield return Open.On(Side.Client) | None.With(Phase.Relaying);
        yield return Open.On(Side.Server) | None.With(Phase.Relaying);
        yield return Lingering & ~Open.On(Side.Server);
        yield return Relaying.WithFirst(EndCause.Server, EndState.Data);
        foreach (Side side in s_sides)
        {
            yield return Relaying | Full.On(side);
            yield return Relaying | Eof.On(side);
            yield return Relaying | FinSent.On(side);
            yield return Relaying | (Eof | ReadDone).On(side) | (FinSent | Pending).On(side.Other());
        }
    }

    private static IEnumerable<object[]> Reads()
    {
        foreach (Side source in s_sides)
        {
            Side target = source.Other();
            ConnectionFlags able = Readable.On(source);
            yield return [Relaying | able, source, true];
            yield return [Relaying, source, false];
            yield return [(Relaying | able) & ~Open.On(source), source, false];
            yield return [Relaying | able | ReadDone.On(source), source, false];
            yield return [Relaying | able | Dead.On(target), source, false];
            yield return [Relaying | able | (Pending | Full | Writable).On(target), source, false];
            yield return [Relaying | able | Pending.On(target), source, false];
            yield return [Relaying | able | (Pending | Writable).On(target), source, true];
            yield return [Relaying | able | Pending.On(target) | Hinted.On(source), source, true];
            yield return [Connecting | Open.On(source) | able, source, source == Side.Client];
            yield return [Lingering | able, source, false];
            yield return [Lingering | able | Dead.On(source), source, true];
            yield return [Lingering | able | Dead.On(source) | Pending.On(target), source, false];
            yield return [Lingering | able | Dead.On(source) | (Pending | Writable).On(target), source, true];
            yield return [Lingering | able | (Pending | Writable).On(target), source, false];
            yield return [Relaying.With(Phase.Ending) | able, source, false];
            yield return [Relaying.With(Phase.Free) | able, source, false];
        }
    }

    private static IEnumerable<object[]> Writes()
    {
        foreach (Side target in s_sides)
        {
            ConnectionFlags able = (Writable | Pending).On(target);
            yield return [Relaying | able, target, true];
            yield return [Lingering | able, target, true];
            yield return [Relaying | Writable.On(target), target, false];
            yield return [Relaying | Pending.On(target), target, false];
            yield return [(Relaying | able) & ~Open.On(target), target, false];
            yield return [Relaying | able | Dead.On(target), target, false];
            yield return [Connecting | Open.On(target) | able, target, false];
            yield return [Relaying.With(Phase.Ending) | able, target, false];
        }
    }

    private static IEnumerable<object[]> Questions()
    {
        yield return [None, true];
        yield return [Dead, false];
        yield return [Pending, false];
        yield return [Quiet, false];
    }
}
