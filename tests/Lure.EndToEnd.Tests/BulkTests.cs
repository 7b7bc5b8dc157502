using System.Linq;
using System.Threading.Tasks;
using Lure.EndToEnd.Tests.Peers;
using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>Streams that do not end go through pipes of the kernel, and arrive as they were sent.</summary>
public sealed class BulkTests
{
    private const long Much = 64 << 20;
    private const int EndsOfAPipe = 2;

    [Test]
    public void Streams_go_through_as_many_pipes_as_are_allowed([Values(0, 1, 2)] int pipes)
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend, CommandLine.Workers(1), CommandLine.Pipes(pipes));
        var before = relay.Files.PipeEnds;

        (Peer Client, Peer Server)[] streams = [.. Enumerable.Range(0, 3).Select(_ => Pair(relay, backend))];
        Task[] transfers =
        [
            .. streams.Select((pair, number) => Task.Run(() => pair.Server.SendAll(Down(number), Much))),
            .. streams.Select((pair, number) => Task.Run(() => AwaitAll(pair.Client, Down(number)))),
        ];
        Task.WaitAll(transfers);
        foreach (var (client, server) in streams)
        {
            client.Dispose();
            server.Dispose();
        }

        relay.AwaitRest();
        var made = relay.Files.PipeEnds - before;
        Assert.That(made, Is.LessThanOrEqualTo(EndsOfAPipe * pipes));
        Assert.That(made > 0, Is.EqualTo(pipes > 0), "a stream was spliced");
        relay.AssertSound();
    }

    [Test]
    public void A_stream_with_a_reset_behind_it_arrives_as_far_as_it_came_and_then_is_reset()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend, CommandLine.Workers(1));
        using var client = relay.Connect();
        using var server = backend.Accept();
        var down = Down(1);
        var sending = Task.Run(() =>
        {
            server.Send(down, Much);
            server.AwaitAcknowledged();
            server.Reset();
        });

        Assert.That(client.ReadToEnd(down), Is.EqualTo(new Received(Much, StreamEnd.Reset)));
        sending.Wait();
        Assert.That(relay.SessionOf(client.LocalAddress).Code, Is.EqualTo("SD"));
    }

    private static (Peer Client, Peer Server) Pair(RelayProcess relay, Backend backend)
    {
        var client = relay.Connect();
        return (client, backend.Accept());
    }

    private static void AwaitAll(Peer client, Pattern pattern) =>
        Assert.That(client.ReadToEnd(pattern), Is.EqualTo(new Received(Much, StreamEnd.Fin)));

    private static Pattern Down(int stream) => new(stream, Direction.Down);
}
