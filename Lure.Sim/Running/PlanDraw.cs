using System;
using System.Collections.Immutable;
using Lure.Core.Backends;
using Lure.Core.Loop;
using Lure.Sim.Entropy;
using Lure.Sim.Faults;

namespace Lure.Sim.Running;

/// <summary>The plan of a seed. What is drawn is small on purpose: a wrap, a full pool, a limit within a few bytes.</summary>
internal static class PlanDraw
{
    private const long Millisecond = 1_000_000;

    // Longer than anything that peers do; an hour would be spent on looking at a full listener again and again.
    private const long Patience = 20_000 * Millisecond;

    // A tick of a session's activity has 32 bits.
    private const long TickWrap = 1L << 32;

    private const int LeastUnixBuffer = 4_608;
    private const int DefaultUnixBuffer = 212_992;

    /// <summary>With so many sessions more can become ready at once than any array of a usual size holds.</summary>
    public const int CrowdSessions = 64;

    /// <summary>Where blocks, buffers and turns are of this size, many bytes cost few calls: such seeds carry most of a campaign's bytes.</summary>
    public const int BulkBytes = 16_384;

    public static Plan Draw(Tape tape, Swarm swarm)
    {
        bool tiny = swarm.IsEnabled(Fault.Exhaustion);
        bool bulk = !tiny && tape.Chance(128);
        // Half of what is listened to in such a seed is a unix socket.
        bool unix = tape.Chance(80);
        ImmutableArray<BackendSpec> backends = DrawBackends(tape, unix);
        bool crowd = !tiny && tape.Chance(8);
        int sessions =
            tiny ? 1 + tape.Below(6)
            : crowd ? CrowdSessions + tape.Below(32)
            : 8 + tape.Below(24);
        int workers = tape.Chance(96) ? 2 + tape.Below(3) : 1;
        return new Plan
        {
            Workers = workers,
            SharesListeners = workers > 1 && tape.Chance(96),
            Age = tape.Chance(24) ? (TickWrap - tape.LogUniform(20_000)) * Millisecond : 0,
            Drift = tape.Chance(96) ? tape.LogUniform(999_999) : 0,
            Loop = DrawLoop(tape, tiny, bulk, sessions),
            World = DrawWorld(tape, tiny, bulk, unix),
            Fronts = DrawFronts(tape, backends.Length, unix),
            Backends = backends,
            SessionsMax = tape.Chance(32) ? 1 + tape.Below(sessions) : sessions,
            DescriptorsMax = tape.Chance(24) ? 2 + tape.Below(2 * sessions) : 0,
            Backlog = tape.Chance(48) ? tape.Below(4) : 128,
            Key = tape.Number(),
            ChaosCalls = 300 + tape.Below(1_200),
            SomeStayStuck = tape.Chance(64),
            Injures = swarm.Injures,
        };
    }

    private static LoopOptions DrawLoop(Tape tape, bool tiny, bool bulk, int sessions)
    {
        bool patient = tape.Below(4) != 3;
        // Beyond the outermost wheel of timers, 4.7 hours; and then nobody is to look at a full listener ten times a second.
        bool veryPatient = patient && tape.Chance(16);
        long patience = veryPatient ? tape.LogUniform(40 * 24 * 3_600) * (1_000 * Millisecond) : Patience;
        int block =
            tiny ? 2 + tape.Below(15)
            : bulk ? BulkBytes >> tape.Below(2)
            : 16 << tape.Below(11);
        return new LoopOptions
        {
            Seed = tape.Number(),
            Sessions = sessions,
            Listeners = 4,
            BlockBytes = block,
            BatchReads = tiny ? 2 + tape.Below(4) : 2 << tape.Below(6),
            EventsPerTurn =
                tiny ? 1 + tape.Below(6)
                : sessions >= CrowdSessions ? 256
                : 1 << tape.Below(7),
            AcceptsPerTurn = 1 << tape.Below(7),
            BytesPerTurn = bulk ? BulkBytes << tape.Below(3) : Math.Max(1 + tape.Below(8), tape.LogUniform(4 * block)),
            ConnectTimeout = (1 + tape.LogUniform(5_000)) * Millisecond,
            IdleTimeout = patient ? patience : tape.LogUniform(500) * Millisecond,
            HalfCloseTimeout = patient ? patience : tape.LogUniform(500) * Millisecond,
            LingerTimeout = tape.LogUniform(2_000) * Millisecond,
            AcceptPause = (veryPatient ? 3_600_000 : 1) * tape.LogUniform(100) * Millisecond,
            KeepAliveAfter = tape.LogUniform(30_000) * Millisecond,
            Pipes = tape.Chance(112) ? 1 + tape.Below(6) : 0,
            PipePause = tape.LogUniform(100) * Millisecond,
        };
    }

    private static WorldOptions DrawWorld(Tape tape, bool tiny, bool bulk, bool unix) =>
        new()
        {
            SendBuffer = DrawBuffer(tape, tiny, bulk),
            ReceiveBuffer = DrawBuffer(tape, tiny, bulk),
            UnixSendBuffer = unix ? DrawUnixBuffer(tape, tiny, bulk) : DefaultUnixBuffer,
            DescriptorLimit = 512,
            PipeSlots = 16 >> tape.Below(5),
            IdleWaitReturns = true,
        };

    private static int DrawBuffer(Tape tape, bool tiny, bool bulk) =>
        tiny ? 1 + tape.Below(16)
        : bulk ? BulkBytes << tape.Below(3)
        : 16 << tape.Below(13);

    /// <summary>
    /// Memory, not bytes, and from the least that Linux allows on (SOCK_MIN_SNDBUF). No quarter of it is a sum of skbs:
    /// at such a mark the kernel's own report of room is a byte short (sock_wfree) and does not come.
    /// </summary>
    private static int DrawUnixBuffer(Tape tape, bool tiny, bool bulk) =>
        tiny ? LeastUnixBuffer
        : bulk ? LeastUnixBuffer + (1 << 17)
        : LeastUnixBuffer + (2_048 << tape.Below(6));

    private static ImmutableArray<Front> DrawFronts(Tape tape, int backends, bool unix)
    {
        ImmutableArray<Front>.Builder fronts = ImmutableArray.CreateBuilder<Front>(3);
        int count = 1 + tape.Below(3);
        for (int i = 0; i < count; i++)
        {
            fronts.Add(new Front(tape.Below(backends), unix && tape.Chance(128)));
        }

        return fronts.ToImmutable();
    }

    private static ImmutableArray<BackendSpec> DrawBackends(Tape tape, bool unix)
    {
        ImmutableArray<BackendSpec>.Builder backends = ImmutableArray.CreateBuilder<BackendSpec>(2);
        int count = 1 + tape.Below(2);
        for (int i = 0; i < count; i++)
        {
            bool limited = tape.Chance(48);
            ImmutableArray<ServerSpec>.Builder servers = ImmutableArray.CreateBuilder<ServerSpec>(3);
            int many = tape.Chance(32) ? 4 + tape.Below(5) : 1 + tape.Below(3);
            for (int k = 0; k < many; k++)
            {
                servers.Add(
                    new ServerSpec
                    {
                        Name = "",
                        Address = unix && tape.Chance(128) ? FakeAddress.UnnamedUnix() : default,
                        Weight = 1 + tape.Below(4),
                        MaxSessions = limited ? 1 + tape.Below(3) : 0,
                        Backup = k > 0 && tape.Chance(48),
                    }
                );
            }

            backends.Add(
                new BackendSpec
                {
                    Name = "",
                    Servers = servers.ToImmutable(),
                    Balance = (Balance)tape.Below(4),
                    Retries = many > 3 ? tape.Below(8) : tape.Below(4),
                    EjectAfter = tape.Below(4),
                    EjectFor = tape.LogUniform(1_000) * Millisecond,
                }
            );
        }

        return backends.ToImmutable();
    }
}
