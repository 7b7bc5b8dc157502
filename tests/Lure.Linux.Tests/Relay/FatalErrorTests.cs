using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Lure.Core;
using Lure.Core.Loop;
using Lure.Linux.Relay;
using NUnit.Framework;
using Tmds.Linux;

namespace Lure.Linux.Tests.Relay;

internal sealed class FatalErrorTests
{
    [Test]
    public void Damaged_state_is_told_in_one_line_without_a_stack_trace()
    {
        string line = FatalError.Describe(3, Thrown(new CorruptionException("a block has one owner")));
        Assert.That(line, Does.StartWith("lure: worker 3 found its own state damaged (a block has one owner);"));
        Assert.That(line, Does.Not.Contain("\n").And.Not.Contain("   at "));
    }

    [Test]
    public void A_defect_is_told_in_one_line_whatever_its_message_is()
    {
        string line = FatalError.Describe(0, Thrown(new InvalidOperationException("first\nsecond")));
        Assert.That(line, Does.Contain("InvalidOperationException: first second"));
    }

    [Test]
    public void A_broken_pipe_is_ignored_by_the_process()
    {
        IgnoredSignals.IgnoreBrokenPipe();
        string mask = File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        ulong ignored = ulong.Parse(
            mask["SigIgn:".Length..].Trim(),
            NumberStyles.HexNumber,
            CultureInfo.InvariantCulture
        );
        Assert.That(ignored & (1UL << (LibC.SIGPIPE - 1)), Is.Not.Zero);
    }

    [Test]
    public void Loops_have_different_seeds()
    {
        ulong first = LoopSeed.Next();
        Assert.That(LoopSeed.Next(), Is.Not.EqualTo(first));
    }

    [Test]
    public void Counters_of_workers_are_added_up_one_by_one()
    {
        LoopCounters one = new()
        {
            Turns = 1,
            Up = 10,
            LostDown = 100,
        };
        LoopCounters other = new()
        {
            Turns = 2,
            Up = 20,
            LostDown = 200,
        };
        LoopCounters sum = CounterSum.Of([one, other]);
        Assert.That((sum.Turns, sum.Up, sum.LostDown, sum.Events), Is.EqualTo((3, 30, 300, 0)));
    }

    [Test]
    public void Counters_are_64_bit_numbers_and_nothing_else()
    {
        Assert.That(typeof(LoopCounters).GetFields().Select(field => field.FieldType), Is.All.EqualTo(typeof(long)));
        Assert.That(Unsafe.SizeOf<LoopCounters>(), Is.EqualTo(typeof(LoopCounters).GetFields().Length * sizeof(long)));
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught) when (caught == exception)
        {
            return caught;
        }
    }
}
