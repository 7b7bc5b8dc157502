using System;
using Lure.Core.Memory;
using NUnit.Framework;

namespace Lure.Core.Tests.Memory;

[TestFixture]
internal sealed class PipePoolTests
{
    private const int Mine = 7;
    private const int Theirs = 8;

    [Test]
    public void The_pipe_that_was_given_back_last_is_used_next()
    {
        using TestArena memory = new(1 << 16);
        PipePool pool = new(ref memory.Arena, 3);
        Assert.That(pool.Take(Mine), Is.Zero, "none is made before it is needed");
        int first = pool.Add(10, 11, Mine);
        int second = pool.Add(12, 13, Theirs);
        pool.Return(first, Mine);
        pool.Return(second, Theirs);

        Assert.That(pool.Take(Mine), Is.EqualTo(second));
        Assert.That((pool.ReadEnd(second, Mine), pool.WriteEnd(second, Mine)), Is.EqualTo((12, 13)));
        Assert.That((pool.Open, pool.Used, pool.HasRoom), Is.EqualTo((2, 1, true)));
    }

    [Test]
    public void A_number_whose_pipe_was_discarded_is_given_to_another_pipe()
    {
        using TestArena memory = new(1 << 16);
        PipePool pool = new(ref memory.Arena, 1);
        int pipe = pool.Add(10, 11, Mine);
        pool.Append(pipe, Mine, 3);
        Assert.That(pool.HasRoom, Is.False);
        pool.Discard(pipe, Mine);

        Assert.That((pool.Open, pool.Used, pool.HasRoom, pool.OwnerOf(pipe)), Is.EqualTo((0, 0, true, 0)));
        Assert.That(pool.Take(Theirs), Is.Zero);
        Assert.That(pool.Add(20, 21, Theirs), Is.EqualTo(pipe));
        Assert.That(pool.Length(pipe, Theirs), Is.Zero);
    }

    [Test]
    public void Whoever_would_mix_up_two_streams_ends_the_process()
    {
        using TestArena memory = new(1 << 16);
        PipePool pool = new(ref memory.Arena, 1);
        int pipe = pool.Add(10, 11, Mine);
        pool.Append(pipe, Mine, 3);

        Assert.Multiple(() =>
        {
            AssertRefused(() => pool.Return(pipe, Mine), "only an empty pipe is given back");
            AssertRefused(() => pool.Length(pipe, Theirs), "a pipe is used by its owner");
            AssertRefused(() => pool.Consume(pipe, Mine, 4), "a splice leaves its pipe with no less than nothing");
            AssertRefused(() => pool.Add(12, 13, Mine), "no more pipes are made than may be");
            AssertRefused(() => pool.Append(pipe, Mine, -1), "a splice brings no less than nothing");
            AssertRefused(() => pool.Length(2, Mine), "a pipe's number is in range");
            AssertRefused(() => pool.Length(2, 0), "a pipe's number is in range");
            AssertRefused(() => pool.Length(0, 0), "a pipe's number is in range");
        });
        pool.Append(pipe, Mine, 0);
        pool.Consume(pipe, Mine, 3);
        pool.Return(pipe, Mine);
        AssertRefused(() => pool.Return(pipe, Mine), "a pipe is used by its owner");
    }

    [Test]
    public unsafe void A_free_pipe_that_has_an_owner_is_not_lent()
    {
        using TestArena memory = new(1 << 16);
        PipePool pool = new(ref memory.Arena, 1);
        int pipe = pool.Add(10, 11, Mine);
        pool.Return(pipe, Mine);
        // The pipes come first, four numbers each, the owner last.
        ((int*)memory.Start)[(4 * pipe) + 3] = Theirs;

        AssertRefused(() => pool.Take(Mine), "a free pipe has no owner");
    }

    private static void AssertRefused(Action use, string claim) =>
        Assert.That(() => use(), Throws.TypeOf<CorruptionException>().With.Message.EqualTo(claim));
}
