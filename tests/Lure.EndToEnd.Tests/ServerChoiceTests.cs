using System.Linq;
using Lure.EndToEnd.Tests.Peers;
using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>Which server gets a client, and what failures do to that choice.</summary>
public sealed class ServerChoiceTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Servers_take_turns()
    {
        using var a = Backend.Listening();
        using var b = Backend.Listening();
        using var relay = RelayProcess.Before([a, b], CommandLine.Workers(1));

        var order = string.Concat(Enumerable.Range(0, 10).Select(_ => Serve(relay, a, b)));

        Assert.That(order, Is.EqualTo("ababababab").Or.EqualTo("bababababa"));
    }

    [Test]
    public void One_client_stays_with_one_server_where_the_source_decides()
    {
        using var a = Backend.Listening();
        using var b = Backend.Listening();
        using var relay = RelayProcess.Before([a, b], CommandLine.Balance("source"));

        var order = string.Concat(Enumerable.Range(0, 10).Select(_ => Serve(relay, a, b)));

        Assert.That(order, Is.EqualTo("aaaaaaaaaa").Or.EqualTo("bbbbbbbbbb"));
    }

    [Test]
    public void The_server_with_the_fewest_sessions_is_next()
    {
        using var a = Backend.Listening();
        using var b = Backend.Listening();
        using var relay = RelayProcess.Before([a, b], CommandLine.Balance("leastconn"), CommandLine.Workers(1));
        using var first = relay.Connect();
        using var held = Accept(a, b, out var busy);

        for (var round = 0; round < 5; round++)
        {
            Assert.That(Serve(relay, a, b), Is.Not.EqualTo(busy));
            relay.AwaitDescriptors(2);
        }
    }

    [Test]
    public void A_backup_serves_only_while_no_other_server_can()
    {
        using var a = Backend.Listening();
        using var b = Backend.Listening();
        using var relay = _folder.Run(
            $$"""
            [listen.l]
            bind = "127.0.0.1:0"
            to = "s"
            [backend.s]
            eject = { failures = 1, for = "1h" }
            servers = ["{{a.Address}}", { name = "b", addr = "{{b.Address}}", backup = true }]
            """
        );
        Assert.That(string.Concat(Enumerable.Range(0, 5).Select(_ => Serve(relay, a, b))), Is.EqualTo("aaaaa"));

        a.Dispose();

        for (var round = 0; round < 5; round++)
        {
            using var client = relay.Connect();
            using var server = b.Accept();
            server.HalfClose();
            Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
        }
    }

    [Test]
    public void A_server_that_failed_too_often_is_left_out_even_when_it_is_back()
    {
        using var a = Backend.Refusing();
        using var b = Backend.Listening();
        using var relay = Ejecting(a, b, "1h");
        FailUntilEjected(relay, b);

        a.Listen();

        Assert.That(string.Concat(Enumerable.Range(0, 10).Select(_ => Serve(relay, a, b))), Is.EqualTo("bbbbbbbbbb"));
    }

    [Test]
    public void A_server_that_was_left_out_returns_after_its_time()
    {
        using var a = Backend.Refusing();
        using var b = Backend.Listening();
        using var relay = Ejecting(a, b, "100ms");
        FailUntilEjected(relay, b);

        a.Listen();

        Eventually.Holds(() => Serve(relay, a, b), Is.EqualTo('a'), "the return of the server");
    }

    [Test]
    public void The_last_server_is_never_left_out()
    {
        using var only = Backend.Refusing();
        using var relay = RelayProcess.Before(only);
        for (var round = 0; round < 10; round++)
        {
            using var refused = relay.Connect();
            Assert.That(refused.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        }

        only.Listen();

        using var client = relay.Connect();
        using var server = only.Accept();
        server.HalfClose();
        Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
    }

    private RelayProcess Ejecting(Backend a, Backend b, string time) =>
        _folder.Run(
            $$"""
            [process]
            workers = 1
            [listen.l]
            bind = "127.0.0.1:0"
            to = "s"
            [backend.s]
            eject = { failures = 2, for = "{{time}}" }
            servers = ["{{a.Address}}", "{{b.Address}}"]
            """
        );

    /// <summary>Twice as many clients as failures are needed: in the one worker's rotation of two each second one meets a.</summary>
    private static void FailUntilEjected(RelayProcess relay, Backend b)
    {
        for (var round = 0; round < 4; round++)
        {
            using var client = relay.Connect();
            using var server = b.Accept();
            server.HalfClose();
            Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
        }
    }

    /// <summary>Has one client served and ended, and tells by which of the two.</summary>
    private static char Serve(RelayProcess relay, Backend a, Backend b)
    {
        using var client = relay.Connect();
        using var server = Accept(a, b, out var name);
        server.HalfClose();
        Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
        client.HalfClose();
        Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
        return name;
    }

    private static Peer Accept(Backend a, Backend b, out char name)
    {
        Eventually.Holds(() => a.HasPending || b.HasPending, Is.True, "a connection to a server");
        name = a.HasPending ? 'a' : 'b';
        return (name == 'a' ? a : b).Accept();
    }
}
