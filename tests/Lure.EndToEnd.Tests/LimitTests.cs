using System.Collections.Generic;
using System.Linq;
using Lure.EndToEnd.Tests.Peers;
using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>At a limit newcomers wait or are refused, as the limit says, and those inside notice nothing.</summary>
public sealed class LimitTests
{
    private static readonly Pattern Up = new(10, Direction.Up);
    private static readonly Pattern Down = new(10, Direction.Down);

    [Test]
    public void At_maxconn_the_backlog_waits_and_is_served_when_one_leaves()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend, CommandLine.MaxConnections(2));
        using var first = relay.Connect();
        using var firstServer = backend.Accept();
        using var second = relay.Connect();
        using var secondServer = backend.Accept();

        using var third = relay.Connect();
        third.Send(Up, 1000);
        for (var round = 0; round < 200; round++)
        {
            Echo(first, firstServer);
            Echo(second, secondServer);
        }

        Assert.That(backend.HasPending, Is.False, "a third session beside the two that are allowed");
        first.Dispose();
        Assert.That(firstServer.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
        firstServer.Dispose();
        using var thirdServer = backend.Accept();
        thirdServer.Expect(Up, 1000);
        Echo(third, thirdServer);
    }

    [Test]
    public void When_every_server_is_full_a_client_is_reset_at_once_and_the_next_one_is_served_after_one_left()
    {
        using var folder = new TemporaryFolder();
        using var backend = Backend.Listening();
        using var relay = folder.Run(
            $$"""
            [log]
            format = "json"
            [listen.a]
            bind = "127.0.0.1:0"
            to = "b"
            [backend.b]
            servers = [{ addr = "{{backend.Address}}", maxconn = 1 }]
            """
        );
        using var first = relay.Connect();
        using var firstServer = backend.Accept();

        using var refused = relay.Connect();
        Assert.That(refused.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        Assert.That(relay.SessionOf(refused.LocalAddress).Code, Is.EqualTo("SQ"));

        Echo(first, firstServer);
        first.Dispose();
        firstServer.Dispose();
        Assert.That(relay.SessionOf(first.LocalAddress).Code, Is.EqualTo("--"));
        using var next = relay.Connect();
        using var nextServer = backend.Accept();
        Echo(next, nextServer);
    }

    [Test]
    public void Running_out_of_descriptors_pauses_accepting_and_nothing_else()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend);
        using var client = relay.Connect();
        using var server = backend.Accept();
        Echo(client, server);

        var limit = Kernel.LimitDescriptors(relay.Id, relay.Files.LimitThatLeaves(0));
        var waiting = new List<Peer>();
        for (var count = 0; count < 10; count++)
        {
            waiting.Add(relay.Connect());
            waiting[^1].Send(Up, 1000);
            Echo(client, server);
        }

        Assert.That(backend.HasPending, Is.False, "a session without descriptors for it");
        Kernel.LimitDescriptors(relay.Id, limit);

        foreach (var _ in waiting)
        {
            using var late = backend.Accept();
            late.Expect(Up, 1000);
        }

        waiting.ForEach(peer => peer.Dispose());
        Echo(client, server);
    }

    [Test]
    public void Running_out_of_descriptors_between_client_and_server_is_not_held_against_the_server()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend);
        using (relay.Connect())
        using (backend.Accept()) { }
        relay.AwaitRest();

        var limit = Kernel.LimitDescriptors(relay.Id, relay.Files.LimitThatLeaves(1));
        var waiting = new List<Peer>();
        for (var count = 0; count < 10; count++)
        {
            waiting.Add(relay.Connect());
        }

        Assert.That(backend.HasPending, Is.False, "a session without descriptors for it");
        Kernel.LimitDescriptors(relay.Id, limit);
        waiting.ForEach(peer => peer.Dispose());
        Eventually.Holds(
            () =>
            {
                backend.DropPending();
                return relay.Sessions.Count;
            },
            Is.EqualTo(waiting.Count + 1),
            "sessions that ended"
        );
        relay.AwaitRest();

        Assert.That(relay.Sessions.Select(end => end.Code), Has.None.EqualTo("SC"), "blamed on the server");
        using var client = relay.Connect();
        using var server = backend.Accept();
        Echo(client, server);
    }

    private static void Echo(Peer client, Peer server)
    {
        client.Send(Up, 10);
        server.Expect(Up, 10);
        server.Send(Down, 10);
        client.Expect(Down, 10);
    }
}
