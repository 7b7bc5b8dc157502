using System;
using System.Collections.Generic;
using Lure.EndToEnd.Tests.Peers;
using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>
/// One relay before one backend for all tests of a fixture. After each test every descriptor must be
/// returned, so that no test can leave a session to the next; at the end the relay must end cleanly.
/// </summary>
public abstract class RelayFixture
{
    private readonly List<IDisposable> _peers = [];
    private Backend? _backend;
    private RelayProcess? _relay;

    private protected Backend Server => _backend!;

    private protected RelayProcess Relay => _relay!;

    [OneTimeSetUp]
    public void StartRelay()
    {
        _backend = Backend.Listening();
        _relay = StartBefore(_backend);
    }

    [TearDown]
    public void LeaveNothingBehind()
    {
        _peers.ForEach(peer => peer.Dispose());
        _peers.Clear();
        Relay.AssertSound();
        Server.DropPending();
        Relay.AwaitRest();
        Server.DropPending();
    }

    [OneTimeTearDown]
    public void StopRelay()
    {
        try
        {
            Assert.That(_relay?.Terminate().ExitCode, Is.Zero, "the exit code after SIGTERM");
        }
        finally
        {
            _relay?.Dispose();
            _backend?.Dispose();
        }
    }

    private protected virtual RelayProcess StartBefore(Backend backend) => RelayProcess.Before(backend);

    /// <summary>A client; it leaves at the end of the test, if it has not before.</summary>
    private protected Peer Connect() => Own(Relay.Connect());

    private protected Peer Accept() => Own(Server.Accept());

    /// <summary>A client and the server's end of its session.</summary>
    private protected (Peer Client, Peer Server) Pair()
    {
        var client = Connect();
        return (client, Accept());
    }

    private protected T Own<T>(T peer)
        where T : IDisposable
    {
        _peers.Add(peer);
        return peer;
    }

    /// <summary>Proves that the relay serves this session, by some bytes in each direction.</summary>
    private protected static void Exchange(Peer client, Peer server, int connection = 0)
    {
        const int count = 100;
        var up = new Pattern(connection, Direction.Up);
        var down = new Pattern(connection, Direction.Down);
        client.Send(up, count);
        server.Expect(up, count);
        server.Send(down, count);
        client.Expect(down, count);
    }

    /// <summary>Ends a session as both peers want it, and proves that nothing more came.</summary>
    private protected static void CloseBoth(Peer client, Peer server)
    {
        client.HalfClose();
        Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
        server.HalfClose();
        Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
    }
}
