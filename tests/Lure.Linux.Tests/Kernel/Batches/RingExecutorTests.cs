using System;
using System.Linq;
using Lure.Core;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using Lure.Linux.Kernel.Batches;
using NUnit.Framework;

namespace Lure.Linux.Tests.Kernel.Batches;

/// <summary>
/// The executor on a ring that misbehaves. Operations name descriptor -1, so those that were run by
/// single calls tell by their EBADF; the ring answers with the length.
/// </summary>
internal sealed unsafe class RingExecutorTests
{
    private const int Plain = -Errno.BadDescriptor;
    private const int BatchesUntilGivenUp = 16;

    private ScriptedRing _ring = null!;
    private BatchCounters _counters = null!;
    private RingExecutor<ScriptedRingKernel> _executor = null!;

    [SetUp]
    public void Make()
    {
        _ring = new ScriptedRing();
        _counters = new BatchCounters();
        _executor = new RingExecutor<ScriptedRingKernel>(
            new ScriptedRingKernel(_ring),
            _ring.Messages,
            new SingleCalls(Libc.ErrnoLocation()),
            _counters
        );
    }

    [TearDown]
    public void Free() => _ring.Dispose();

    [Test]
    public void A_batch_is_one_call()
    {
        Assert.That(Run(5), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        Assert.That((_ring.Enters, _counters.Enters, _counters.Operations), Is.EqualTo((1, 1L, 5L)));
        Assert.That(_ring.Taken.Select(entry => entry.MessageFlags), Is.All.EqualTo(0x4040));
    }

    [Test]
    public void Batches_follow_each_other_over_the_wrap_of_the_queues()
    {
        for (int i = 0; i < 100; i++)
        {
            Assert.That(Run(7), Is.EqualTo(new[] { 1, 2, 3, 4, 5, 6, 7 }));
        }

        Assert.That((_ring.Enters, _counters.Refusal), Is.EqualTo((100, 0)));
    }

    [Test]
    public void More_than_the_ring_has_entries_are_several_calls()
    {
        Assert.That(Run(20), Is.EqualTo(Enumerable.Range(1, 20)));
        Assert.That(_ring.Enters, Is.EqualTo(3));
    }

    [Test]
    public void One_operation_is_a_plain_call()
    {
        Assert.That(Run(1), Is.EqualTo(new[] { Plain }));
        Assert.That(_ring.Enters, Is.Zero);
    }

    [Test]
    public void A_splice_is_a_plain_call()
    {
        Operation[] batch = Batch(3);
        batch[1].Kind = OperationKind.Splice;
        batch[1].Target = -1;
        _executor.Execute(batch);
        Assert.That(Results(batch), Is.EqualTo(new[] { 1, Plain, 3 }));
        Assert.That(_ring.Taken, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_batch_of_splices_enters_no_ring()
    {
        Operation[] batch = Batch(2);
        batch[0].Kind = batch[1].Kind = OperationKind.Splice;
        _executor.Execute(batch);
        Assert.That(Results(batch), Is.All.EqualTo(Plain));
        Assert.That((_ring.Enters, _counters.Refusal), Is.EqualTo((0, 0)));
    }

    [Test]
    public void When_fewer_are_taken_than_asked_the_rest_is_asked_again()
    {
        _ring.Play(new Entering(Take: 2), new Entering(Take: 1));
        Assert.That(Run(5), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        Assert.That((_ring.Enters, _ring.Taken.Count, _counters.Refusal), Is.EqualTo((3, 5, 0)));
    }

    [TestCase(Errno.Interrupted)]
    [TestCase(RingConstants.ErrorBusy)]
    public void A_setback_is_tried_again(int error)
    {
        _ring.Play(new Entering(Take: 0, Error: error), new Entering(Take: 0, Error: error));
        Assert.That(Run(3), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That((_ring.Enters, _counters.Refusal), Is.EqualTo((3, 0)));
    }

    [Test]
    public void An_interruption_after_some_were_taken_loses_none_and_repeats_none()
    {
        _ring.Play(new Entering(Take: 2, Error: Errno.Interrupted));
        Assert.That(Run(4), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(_ring.Taken.Select(entry => entry.Length), Is.EqualTo(new[] { 1, 2, 3, 4 }));
    }

    [Test]
    public void Answers_that_stand_in_the_way_of_the_rest_are_taken()
    {
        _ring.Play(new Entering(Take: 4), new Entering(Take: 0, Error: RingConstants.ErrorBusy));
        Assert.That(Run(8), Is.EqualTo(Enumerable.Range(1, 8)));
        Assert.That(_ring.AnswersLeft, Is.Zero);
    }

    [TestCase(Errno.Interrupted)]
    [TestCase(RingConstants.ErrorBusy)]
    [TestCase(Errno.Again)]
    [TestCase(Errno.NoMemory)]
    [TestCase(0)]
    public void What_the_ring_does_not_take_is_run_by_plain_calls_and_not_by_the_ring_later(int error)
    {
        _ring.Play(new Entering(Take: 1));
        _ring.Otherwise = new Entering(Take: 0, Error: error);
        Assert.That(Run(3), Is.EqualTo(new[] { 1, Plain, Plain }));

        _ring.Otherwise = new Entering();
        Assert.That(Run(3), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(_ring.Taken, Has.Count.EqualTo(4));
        Assert.That(_counters.Refusal, Is.Zero);
    }

    [Test]
    public void A_ring_that_takes_no_batch_whole_is_given_up()
    {
        _ring.Otherwise = new Entering(Take: 0, Error: Errno.Again);
        for (int i = 0; i < BatchesUntilGivenUp; i++)
        {
            Assert.That(_counters.Refusal, Is.Zero);
            Assert.That(Run(2), Is.All.EqualTo(Plain));
        }

        int enters = _ring.Enters;
        Assert.That(Run(2), Is.All.EqualTo(Plain));
        Assert.That((_counters.Refusal, _ring.Enters), Is.EqualTo((Errno.Again, enters)));
    }

    [TestCase(Errno.NotPermitted)]
    [TestCase(Errno.NoSystemCall)]
    [TestCase(Errno.Exists)]
    public void A_refusal_in_the_middle_gives_the_ring_up_and_loses_nothing(int error)
    {
        _ring.Play(new Entering(Take: 2), new Entering(Take: 0, Error: error));
        Assert.That(Run(4), Is.EqualTo(new[] { 1, 2, Plain, Plain }));
        Assert.That(Run(3), Is.All.EqualTo(Plain));
        Assert.That((_ring.Enters, _counters.Refusal), Is.EqualTo((2, error)));
    }

    [Test]
    public void An_operation_that_is_not_complete_is_cancelled_and_run_by_a_plain_call()
    {
        _ring.Play(new Entering(Complete: 1));
        Assert.That(Run(3), Is.EqualTo(new[] { Plain, Plain, 3 }));
        Assert.That((_counters.Incomplete, _counters.Refusal), Is.EqualTo((2L, Errno.InputOutput)));
        Assert.That(
            _ring.Taken.Skip(3).Select(entry => entry.Operation),
            Is.All.EqualTo(RingConstants.OperationCancel)
        );
        Assert.That((_ring.Running, _ring.AnswersLeft), Is.EqualTo((0, 0)));

        Assert.That(Run(2), Is.All.EqualTo(Plain), "the ring is given up");
    }

    [Test]
    public void One_that_completes_while_it_is_cancelled_keeps_its_answer()
    {
        _ring.CancelError = Errno.AlreadyInProgress;
        _ring.Play(new Entering(Complete: 0), new Entering(Complete: 2), new Entering(Complete: 0));
        Assert.That(Run(2), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(_counters.Incomplete, Is.EqualTo(2));
    }

    [Test]
    public void One_that_was_not_taken_is_not_cancelled()
    {
        _ring.Play(new Entering(Take: 2, Complete: 1), new Entering(Take: 0, Complete: 0));
        Assert.That(Run(4), Is.EqualTo(new[] { Plain, 2, Plain, Plain }));
        Assert.That(_counters.Incomplete, Is.EqualTo(1));
        Assert.That(_ring.Taken, Has.Count.EqualTo(3), "two operations and one cancel");
    }

    [Test]
    public void One_that_does_not_end_ends_the_worker()
    {
        _ring.CancelError = Errno.AlreadyInProgress;
        _ring.Play(new Entering(Complete: 1));
        _ring.Otherwise = new Entering(Complete: 0);
        Assert.That(() => Run(2), Throws.TypeOf<CorruptionException>());
    }

    [Test]
    public void One_that_cannot_even_be_cancelled_ends_the_worker()
    {
        _ring.Play(new Entering(Complete: 1), new Entering(Take: 0, Complete: 0, Error: Errno.NotPermitted));
        Assert.That(() => Run(2), Throws.TypeOf<CorruptionException>());
    }

    [Test]
    public void An_answer_that_is_not_the_last_is_none()
    {
        _ring.More = true;
        Assert.That(Run(2), Is.All.EqualTo(Plain));
        Assert.That((_counters.Incomplete, _ring.Running), Is.EqualTo((2L, 0)));
    }

    [Test]
    public void An_answer_of_another_batch_ends_the_worker()
    {
        _ = Run(2);
        _ring.Complete(_ring.Taken[0].UserData, 1);
        Assert.That(() => Run(2), Throws.TypeOf<CorruptionException>());
    }

    [Test]
    public void A_second_answer_ends_the_worker()
    {
        _ring.Twice = true;
        Assert.That(() => Run(2), Throws.TypeOf<CorruptionException>());
    }

    private int[] Run(int count)
    {
        Operation[] batch = Batch(count);
        _executor.Execute(batch);
        return Results(batch);
    }

    /// <summary>Receives of 1, 2, 3 and so on bytes.</summary>
    private static Operation[] Batch(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(length => new Operation
                {
                    Kind = OperationKind.Receive,
                    Fd = -1,
                    Vectors = 1,
                    First = new IoVector { Length = (nuint)length },
                }),
        ];

    private static int[] Results(Operation[] batch) => Array.ConvertAll(batch, operation => operation.Result);
}
