using System;
using System.Collections.Generic;
using System.Diagnostics;
using Lure.Core.Kernel;
using Lure.Sim.Conformance;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>A world that is used again is a new one, and costs the heap nothing.</summary>
public sealed class ResetTests
{
    private static WorldOptions Small =>
        new()
        {
            SendBuffer = 100,
            ReceiveBuffer = 50,
            PipeSlots = 1,
        };

    [Test]
    public void AResetWorldGivesTheTraceOfANewOne()
    {
        WorkedWorld script = new();
        FakeWorld used = new(Small);
        used.Trace.KeepLines();
        script.Play(used, 1, 3);
        for (ulong seed = 2; seed < 30; seed++)
        {
            WorldOptions options = seed % 2 == 0 ? new WorldOptions() : Small;
            FakeWorld fresh = new(options);
            used.Reset(options);
            Assert.That(script.Play(used, seed, 3), Is.EqualTo(script.Play(fresh, seed, 3)));
        }
    }

    [Test]
    public void AResetWorldHasNothingOfTheOldOne()
    {
        Rig rig = new(new WorldOptions { ThrowOnViolation = false });
        rig.Pair().Peer.Send(new byte[10]);
        rig.Kernel.Close(77);
        rig.Kernel.Mark(MarkId.Blocked);
        rig.Kernel.Notify();
        rig.World.At(rig.World.Now + 5, () => Assert.Fail("of the old world"));
        rig.World.Faults.Next(SyscallKind.Open, -Errno.TooManyFiles);
        rig.World.WhenIdle = () => true;
        rig.World.OnConnect(Rig.Address, ConnectOutcome.Silent);

        rig.World.Reset(new WorldOptions());
        rig.World.Advance(100);
        Assert.That(rig.World.Descriptors.OpenCount, Is.Zero);
        Assert.That(rig.World.Descriptors.LowestFree, Is.EqualTo(3));
        Assert.That((rig.World.Violations.Count, rig.World.Notifications), Is.EqualTo((0, 0)));
        Assert.That(rig.World.Marked(MarkId.Blocked), Is.Zero);
        Assert.That((rig.World.Faults.Pending, rig.World.Faults.Calls), Is.EqualTo((0, 0)));
        Assert.That(rig.World.IsListening(Rig.Address), Is.False);
        Assert.That(
            () => rig.World.Post(new Command(CommandKind.Stop, 0)),
            Throws.InvalidOperationException.With.Message.StartsWith("there is no worker yet")
        );
        Assert.That(new FakeKernel(rig.World).Worker, Is.Zero);
    }

    /// <summary>Whatever a script had open: what it left must not reach the next, not even the same one again.</summary>
    [Test]
    public void AWorldThatWasLeftInTheMiddleOfARandomScriptAnswersLikeANewOne([Values(0u, 1u)] uint next)
    {
        ScriptGenerator generator = new();
        WorldOptions options = Conformer<FakeSocketApi>.FakeOptions;
        FakeWorld used = new(options);
        for (ulong seed = 0; seed < 40; seed++)
        {
            used.Reset(options);
            Answer[] left = new Answer[ScriptGenerator.LongestScript];
            new ScriptRunner<FakeSocketApi>(new FakeSocketApi(used)).PlayAndLeave(generator.Generate(seed), left);
            used.Reset(options);
            Step[] steps = [.. generator.Generate(seed + next)];
            Assert.That(Answers(used, steps), Is.EqualTo(Answers(new FakeWorld(options), steps)), ScriptText.Of(steps));
        }
    }

    private static string Answers(FakeWorld world, Step[] steps)
    {
        Answer[] answers = new Answer[steps.Length];
        new ScriptRunner<FakeSocketApi>(new FakeSocketApi(world)).Play(steps, answers);
        return string.Join("; ", AnswerText.Of(steps, answers));
    }

    [Test]
    public void NoCallAndNoResetAllocates()
    {
        WorkedWorld script = new();
        FakeWorld world = new();
        WorldOptions options = new();
        long allocated = 0;
        for (int round = 0; round < 40; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            world.Reset(options);
            script.Play(world, 7, 50);
            allocated += round < 10 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.That(allocated, Is.Zero, "bytes for 36,000 calls");
    }

    [Test]
    [Explicit("a measurement")]
    [Category("Long")]
    public void NanosecondsPerCall()
    {
        WorkedWorld script = new();
        FakeWorld world = new();
        WorldOptions options = new();
        List<string> lines = [];
        for (int round = 0; round < 10; round++)
        {
            const int Repetitions = 2000;
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Repetitions; i++)
            {
                world.Reset(options);
                script.Play(world, 7, 20);
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double calls = (double)Repetitions * 20 * WorkedWorld.CallsPerSession;
            lines.Add($"{seconds * 1e9 / calls:f1} ns a call, {seconds * 1e6 / Repetitions:f1} us a world");
        }

        TestContext.Out.WriteLine(string.Join('\n', lines));
    }
}
