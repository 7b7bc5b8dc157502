using System;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Sim;
using NUnit.Framework;

namespace Lure.Core.Tests.Campaign;

/// <summary>
/// Peers that do whatever comes to their minds, on tiny buffers, in the middle of any call. Whatever
/// they do, each byte is the right one, each end is told as it was, and nothing stays behind.
/// </summary>
[TestFixture]
internal sealed class CampaignTests
{
    private const int ConversationsMax = 4;
    private const int Steps = 80;

    [Test]
    public void Whatever_peers_do_sessions_end_as_they_should([Range(0, 11)] int part)
    {
        for (ulong seed = 0; seed < 25; seed++)
        {
            Run(((ulong)part * 25) + seed);
        }
    }

    [Test, Explicit("Hours of simulated hostility: LURE_SEEDS and LURE_FIRST_SEED say how much.")]
    public void For_as_long_as_you_like()
    {
        ulong first = Number("LURE_FIRST_SEED", 1000);
        ulong count = Number("LURE_SEEDS", 10_000);
        int failures = 0;
        for (ulong seed = first; seed < first + count && failures < 5; seed++)
        {
            try
            {
                Run(seed);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failures++;
                TestContext.Out.WriteLine($"seed {seed}: {exception.Message}\n{exception.StackTrace}");
            }
        }

        Assert.That(failures, Is.Zero);
    }

    private static ulong Number(string name, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), out ulong number) ? number : otherwise;

    private static void Run(ulong seed)
    {
        try
        {
            Play(seed);
        }
        catch (Exception exception)
            when (exception is AssertionException or SimulationViolationException or CorruptionException)
        {
            throw new AssertionException($"seed {seed}: {exception.Message}", exception);
        }
    }

    private static void Play(ulong seed)
    {
        Random64 random = new(Random64.Mix(seed + 1));
        Conversation[] conversations = new Conversation[1 + random.Below(ConversationsMax)];
        using CampaignBench bench = new(conversations.Length, ref random);
        if (Environment.GetEnvironmentVariable("LURE_TRACE") is not null)
        {
            bench.World.Trace.WriteTo(TestContext.Out);
        }

        bool faulty = random.Below(2) == 0;
        for (int i = 0; i < conversations.Length; i++)
        {
            conversations[i] = new Conversation(bench, i, mayLackResources: faulty);
        }

        for (int step = 0; step < Steps; step++)
        {
            Step(bench, conversations, faulty, ref random);
            TakeEnds(bench, conversations);
        }

        bool drained = random.Below(4) == 0;
        if (drained)
        {
            long deadline = bench.World.Now + (random.Below(60) * CampaignBench.Millisecond);
            CommandKind kind = random.Below(3) == 0 ? CommandKind.Stop : CommandKind.Drain;
            Array.ForEach(conversations, each => each.MayBeKilled = true);
            bench.World.Post(new Command(kind, deadline));
        }

        ComeToRest(bench, conversations, drained);
        Assert.That(bench.Loop.Counters.SelfChecksFailed, Is.Zero);
        bench.AssertNothingLeft(listeners: drained ? 0 : conversations.Length);
    }

    private static void Step(CampaignBench bench, Conversation[] conversations, bool faulty, ref Random64 random)
    {
        Conversation one = conversations[random.Below(conversations.Length)];
        if (one.Client is null)
        {
            one.Begin(random.Next());
            return;
        }

        switch (random.Below(12))
        {
            case < 6:
                one.Act(ref random);
                break;
            case < 8:
                ActInTheMiddle(bench, one, random.Next(), 1 + random.Below(12));
                break;
            case < 10:
                bench.Settle();
                break;
            case 10:
                bench.Pass(random.Below(40) * CampaignBench.Millisecond);
                break;
            default:
                Disturb(bench, conversations, faulty, ref random);
                break;
        }
    }

    private static void ActInTheMiddle(CampaignBench bench, Conversation one, ulong seed, int calls)
    {
        Random64 own = new(seed);
        bench.World.Faults.BeforeCall(
            bench.World.Faults.Calls + calls,
            () =>
            {
                bench.IsDisturbed = true;
                one.Act(ref own);
            }
        );
    }

    private static void Disturb(CampaignBench bench, Conversation[] conversations, bool faulty, ref Random64 random)
    {
        SocketAddress server = CampaignBench.ServerAddress(
            random.Below(conversations.Length),
            random.Below(CampaignBench.ServersEach)
        );
        switch (random.Below(faulty ? 9 : 4))
        {
            case 0:
                bench.World.Faults.Limit(SyscallKind.Receive, random.Below(3), 1 + random.Below(3));
                break;
            case 1:
                bench.World.Faults.Limit(SyscallKind.Send, random.Below(3), 1 + random.Below(3));
                break;
            case 2:
                bench.World.OnConnect(server, ConnectOutcome.Immediate);
                break;
            case 3:
                bench.World.OnConnect(server, ConnectOutcome.Delayed(random.Below(70) * CampaignBench.Millisecond));
                break;
            case 4:
                bench.World.Faults.Next(SyscallKind.Wait, -Errno.Interrupted);
                break;
            case 5:
                bench.World.Faults.Next(SyscallKind.Accept, -Errno.TooManyFiles);
                break;
            case 6:
                bench.World.Faults.Next(SyscallKind.Open, -Errno.NoBuffers);
                break;
            case 7:
                bench.World.OnConnect(server, ConnectOutcome.FailsLater(Errno.HostUnreachable));
                break;
            default:
                bench.World.OnConnect(server, ConnectOutcome.FailsAtOnce(Errno.AddressNotAvailable));
                break;
        }
    }

    /// <summary>Faults off, everybody reads, nobody sends: all sessions end, without a timer that is longer than a connect's.</summary>
    private static void ComeToRest(CampaignBench bench, Conversation[] conversations, bool drained)
    {
        bench.World.Faults.Clear();
        for (int round = 0; round < 100 && !IsAtRest(bench, conversations, drained); round++)
        {
            Array.ForEach(conversations, each => each.Wind());
            bench.Pass(10 * CampaignBench.Millisecond);
            TakeEnds(bench, conversations);
        }

        Assert.That(IsAtRest(bench, conversations, drained), Is.True, "a session does not end");
    }

    // A drain may leave clients behind that were never accepted.
    private static bool IsAtRest(CampaignBench bench, Conversation[] conversations, bool drained) =>
        drained ? !bench.IsRunning : !Array.Exists(conversations, each => each.Client is not null);

    private static void TakeEnds(CampaignBench bench, Conversation[] conversations)
    {
        while (bench.Records.TryTake(out LoopRecord record))
        {
            if (record.Kind == RecordKind.SessionEnd)
            {
                conversations[record.Listener].End(record, !bench.IsDisturbed);
            }
        }

        bench.IsDisturbed = false;
    }
}
