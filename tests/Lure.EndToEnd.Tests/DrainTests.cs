using System.Net.Sockets;
using System.Threading.Tasks;
using Lure.EndToEnd.Tests.Peers;
using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>A process that is told to stop finishes what it has begun, within the time it is given.</summary>
public sealed class DrainTests
{
    private const int Megabytes = 8 << 20;
    private static readonly Pattern Up = new(7, Direction.Up);
    private static readonly Pattern Down = new(7, Direction.Down);

    [Test]
    public void SIGTERM_lets_a_transfer_finish_to_its_last_byte_while_newcomers_are_refused()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend);
        using var client = relay.Connect();
        using var server = backend.Accept();
        server.Send(Down, 1 << 20);
        client.Expect(Down, 1 << 20);

        relay.Signal(Signal.Terminate);
        AwaitRefusal(relay);

        var answering = Task.Run(() =>
        {
            server.Send(Down, Megabytes, 1 << 20);
            server.HalfClose();
        });
        Assert.That(client.ReadToEnd(Down, 1 << 20), Is.EqualTo(new Received(Megabytes, StreamEnd.Fin)));
        answering.Wait();
        var uploading = Task.Run(() => client.SendAll(Up, Megabytes));
        Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(Megabytes, StreamEnd.Fin)));
        uploading.Wait();

        Assert.That(relay.AwaitExit().ExitCode, Is.Zero);
        Assert.That(relay.SessionOf(client.LocalAddress).Code, Is.EqualTo("--"));
    }

    [Test]
    [Category("Smoke")]
    public void SIGTERM_ends_a_process_without_sessions()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend);
        Assert.That(relay.Terminate().ExitCode, Is.Zero);
    }

    [Test]
    public void Clients_that_wait_in_the_queue_at_SIGTERM_are_still_served()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend);
        relay.Freeze();
        using var client = relay.Connect();
        client.SendAll(Up, 1000);
        relay.Signal(Signal.Terminate);
        relay.Thaw();

        using var server = backend.Accept();
        Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(1000, StreamEnd.Fin)));
        server.SendAll(Down, 1000);
        Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(1000, StreamEnd.Fin)));
        Assert.That(relay.AwaitExit().ExitCode, Is.Zero);
    }

    [Test]
    public void The_drain_deadline_cuts_what_is_left_by_a_reset_to_both()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend, CommandLine.DrainDeadline(100));
        using var client = relay.Connect();
        using var server = backend.Accept();
        client.Send(Up, 1000);
        server.Expect(Up, 1000);

        relay.Signal(Signal.Terminate);

        Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        Assert.That(relay.AwaitExit().ExitCode, Is.Zero);
        Assert.That(relay.SessionOf(client.LocalAddress).Code, Is.EqualTo("KD"));
    }

    [Test]
    public void A_second_SIGTERM_ends_a_drain_at_once()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend);
        using var client = relay.Connect();
        using var server = backend.Accept();

        relay.Signal(Signal.Terminate);
        AwaitRefusal(relay);
        relay.Signal(Signal.Terminate);

        Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        Assert.That(relay.AwaitExit().ExitCode, Is.Zero);
        Assert.That(relay.SessionOf(client.LocalAddress).Code, Is.EqualTo("KD"));
    }

    [Test]
    public void SIGINT_ends_the_process_at_once()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend);
        using var client = relay.Connect();
        using var server = backend.Accept();

        relay.Signal(Signal.Interrupt);

        Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        Assert.That(relay.AwaitExit().ExitCode, Is.Zero);
    }

    private static void AwaitRefusal(RelayProcess relay) =>
        Eventually.Holds(() => IsRefused(relay), Is.True, "newcomers to be refused");

    private static bool IsRefused(RelayProcess relay)
    {
        try
        {
            using var probe = relay.Connect();
            // A close would leave half a session for the backend to end, and the drain would wait for it.
            probe.Reset();
            return false;
        }
        catch (SocketException refused)
            when (refused.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            return true;
        }
    }
}
