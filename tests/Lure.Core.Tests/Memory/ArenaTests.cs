using System;
using System.Collections.Generic;
using CsCheck;
using Lure.Core.Memory;
using NUnit.Framework;
using NUnit.Framework.Constraints;

namespace Lure.Core.Tests.Memory;

[TestFixture]
internal sealed unsafe class ArenaTests
{
    private const nuint Line = 64;
    private const nuint Page = 4096;

    /// <summary>Pieces of bytes, and whether each has pages of its own.</summary>
    private static readonly Gen<(int Bytes, bool Pages)[]> Pieces = Gen.Select(Gen.Int[0, 9_000], Gen.Bool).Array[
        0,
        12
    ];

    /// <summary>What was measured has to be enough, wherever the memory begins.</summary>
    [Test]
    public void Pieces_are_aligned_apart_and_no_more_than_was_measured() =>
        Pieces.Always(pieces =>
        {
            Arena measuring = Arena.Measuring;
            _ = Take(ref measuring, pieces);
            nuint needed = measuring.Used;
            foreach (nuint offset in (ReadOnlySpan<nuint>)[0, Line, Page - Line])
            {
                using TestArena memory = new(needed + (2 * Page));
                Arena arena = new((byte*)memory.Start + offset, needed);
                nuint end = (nuint)memory.Start + offset;
                foreach ((nuint start, int bytes, bool pages) in Take(ref arena, pieces))
                {
                    Assert.That(start % (pages ? Page : Line), Is.EqualTo((nuint)0));
                    Assert.That(start, Is.GreaterThanOrEqualTo(end));
                    end = start + (pages ? ((nuint)bytes + Page - 1) / Page * Page : (nuint)bytes);
                }

                Assert.That(end - (nuint)memory.Start - offset, Is.LessThanOrEqualTo(needed));
            }
        });

    [Test]
    public void A_measuring_arena_hands_out_nothing()
    {
        Arena arena = Arena.Measuring;

        Assert.That((nint)arena.Take<long>(3), Is.EqualTo((nint)0));
        Assert.That((nint)arena.TakePages(1), Is.EqualTo((nint)0));
    }

    /// <summary>Else a size that went wrong would wrap around, and too little be asked for.</summary>
    [Test]
    public void A_measuring_arena_refuses_what_no_memory_holds()
    {
        Arena arena = Arena.Measuring;

        Assert.That(() => arena.TakePages(nuint.MaxValue / 2 + 1), Throws.InvalidOperationException);
    }

    [TestCase(1, 4096)]
    [TestCase(4096, 4096)]
    [TestCase(4097, 8192)]
    public void Pages_cost_no_more_than_they_are_and_measured_what_the_worst_place_would_cost(int bytes, int pages)
    {
        using TestArena memory = new(4 * Page);
        Arena measuring = Arena.Measuring;
        memory.Arena.TakePages((nuint)bytes);
        measuring.TakePages((nuint)bytes);

        Assert.That(memory.Arena.Used, Is.EqualTo((nuint)pages));
        Assert.That(measuring.Used, Is.EqualTo((nuint)pages + Page - Line));
    }

    [Test]
    public void What_is_refused_says_how_much_would_do()
    {
        using TestArena memory = new(Page);
        Arena arena = new((byte*)memory.Start, 128);
        arena.Take<byte>(64);

        Assert.That(
            () => _ = (nint)arena.Take<byte>(65),
            Throws.InvalidOperationException.With.Message.EqualTo("the arena has 128 bytes, 192 are needed")
        );
    }

    [TestCase(64, true)]
    [TestCase(65, false)]
    public void More_than_there_is_is_refused(int bytes, bool fits)
    {
        using TestArena memory = new(Page);
        Arena arena = new((byte*)memory.Start, 128);
        arena.Take<byte>(64);

        IResolveConstraint outcome = fits ? Throws.Nothing : Throws.InvalidOperationException;
        Assert.That(() => _ = (nint)arena.Take<byte>(bytes), outcome);
        Assert.That(arena.Used, Is.EqualTo((nuint)(fits ? 128 : 64)));
    }

    [Test]
    public void Less_than_nothing_is_refused() =>
        Assert.That(() => _ = (nint)Arena.Measuring.Take<int>(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static List<(nuint Start, int Bytes, bool Pages)> Take(ref Arena arena, (int Bytes, bool Pages)[] pieces)
    {
        List<(nuint, int, bool)> taken = [];
        foreach ((int bytes, bool pages) in pieces)
        {
            byte* start = pages ? arena.TakePages((nuint)bytes) : arena.Take<byte>(bytes);
            taken.Add(((nuint)start, bytes, pages));
        }

        return taken;
    }
}
