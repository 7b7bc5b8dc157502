using System;
using System.Threading;
using Lure.EndToEnd.Tests.Peers;
using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>A relay that has nothing to do does nothing, whatever state its sessions stand in.</summary>
public sealed class RestTests : RelayFixture
{
    private const long TooMuch = 48 << 20;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(300);
    private static readonly Pattern Up = new(5, Direction.Up);
    private static readonly Pattern Down = new(5, Direction.Down);

    [Test]
    public void No_CPU_while_sessions_are_idle()
    {
        var (client, server) = Pair();
        Exchange(client, server);
        AssertAtRest(Relay);
    }

    [Test]
    public void No_CPU_while_a_session_is_half_closed([Values] bool byServer)
    {
        var (client, server) = Pair();
        Exchange(client, server);
        var (closer, other) = byServer ? (server, client) : (client, server);
        closer.HalfClose();
        Assert.That(other.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
        AssertAtRest(Relay);
    }

    [Test]
    public void No_CPU_while_a_reader_has_stopped([Values] bool byServer)
    {
        var (client, server) = Pair();
        var sender = byServer ? server : client;
        Assert.That(sender.SendUntilBlocked(byServer ? Down : Up, TooMuch), Is.LessThan(TooMuch));
        AssertAtRest(Relay);
    }

    [Test]
    public void No_CPU_while_a_FIN_waits_behind_bytes_that_nobody_reads()
    {
        var (client, server) = Pair();
        Assert.That(client.SendUntilBlocked(Up, TooMuch), Is.LessThan(TooMuch));
        client.HalfClose();
        server.HalfClose();
        Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
        AssertAtRest(Relay);
    }

    [Test]
    public void No_CPU_while_both_readers_have_stopped()
    {
        var (client, server) = Pair();
        Assert.That(client.SendUntilBlocked(Up, TooMuch), Is.LessThan(TooMuch));
        Assert.That(server.SendUntilBlocked(Down, TooMuch), Is.LessThan(TooMuch));
        AssertAtRest(Relay);
    }

    [Test]
    public void No_CPU_while_a_server_neither_takes_nor_refuses_a_client_that_has_said_all()
    {
        using var silent = Backend.Silent(out var filler);
        using (filler)
        using (var relay = RelayProcess.Before(silent))
        {
            using var client = relay.Connect();
            client.SendAll(Up, 1000);
            AssertAtRest(relay);
        }
    }

    /// <summary>
    /// A window without work, by the kernel's account of the CPU. A relay that spins fills every
    /// window; a runtime that is still compiling in the background stops doing so after a few.
    /// </summary>
    private static void AssertAtRest(RelayProcess relay)
    {
        const int windows = 10;
        const long noise = 2;
        long taken = 0;
        for (var window = 0; window < windows; window++)
        {
            var before = relay.Files.CpuTicks;
            Thread.Sleep(Window);
            taken = relay.Files.CpuTicks - before;
            if (taken <= noise)
            {
                return;
            }
        }

        Assert.That(taken, Is.LessThanOrEqualTo(noise), "clock ticks taken in 300 ms without anything to do");
    }
}
