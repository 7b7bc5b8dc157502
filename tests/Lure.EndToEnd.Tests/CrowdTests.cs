using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lure.EndToEnd.Tests.Peers;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>Many sessions at once, and many one after the other.</summary>
public sealed class CrowdTests : RelayFixture
{
    [Test]
    public void A_thousand_connections_at_once_are_all_served_and_all_returned()
    {
        const int crowd = 1000;
        var clients = Enumerable.Range(0, crowd).Select(_ => Connect()).ToList();
        for (var id = 0; id < crowd; id++)
        {
            clients[id].Send(BitConverter.GetBytes(id));
        }

        var servers = new Peer[crowd];
        for (var accepted = 0; accepted < crowd; accepted++)
        {
            var server = Accept();
            servers[server.ReadInt32()!.Value] = server;
        }

        for (var id = 0; id < crowd; id++)
        {
            Exchange(clients[id], servers[id], id);
        }

        Assert.That(Relay.Files.Descriptors, Is.GreaterThanOrEqualTo(Relay.DescriptorsAtRest + (2 * crowd)));
        var before = Relay.Sessions.Count;
        for (var id = 0; id < crowd; id++)
        {
            CloseBoth(clients[id], servers[id]);
        }

        Relay.AwaitRest();
        Eventually.Holds(() => Relay.Sessions.Count - before, Is.EqualTo(crowd), "one line for each session");
        Assert.That(Relay.Sessions.Skip(before).Select(end => end.Code), Is.All.EqualTo("--"));
    }

    [Test]
    public void Thousands_of_sessions_with_random_faults_leave_every_clean_one_whole()
    {
        const int sessions = 2000;
        const int atOnce = 8;
        var before = Relay.Sessions.Count;
        var next = -1;
        var servers = Threads(atOnce, Serve);
        var clients = Threads(
            atOnce,
            () =>
            {
                for (int id; (id = Interlocked.Increment(ref next)) < sessions; )
                {
                    new FaultyExchange(id).Ask(Relay.Connect());
                }
            }
        );
        Task.WaitAll(clients);
        for (var server = 0; server < atOnce; server++)
        {
            // Past the relay: it says that there is nothing more to serve.
            Own(Peer.Connect(Server.EndPoint)).Send(BitConverter.GetBytes(FaultyExchange.Last));
        }

        Task.WaitAll(servers);

        Relay.AwaitRest();
        Eventually.Holds(() => Relay.Sessions.Count - before, Is.EqualTo(sessions), "one line for each session");
        var clean = Enumerable.Range(0, sessions).Count(id => new FaultyExchange(id).IsClean);
        Assert.That(
            Relay.Sessions.Skip(before).Count(end => end.Code == "--"),
            Is.GreaterThanOrEqualTo(clean),
            "sessions that are said to have ended well"
        );
    }

    private void Serve()
    {
        while (FaultyExchange.Answer(Server.Accept())) { }
    }

    /// <summary>Blocking peers need threads of their own: the pool would hand them out too slowly.</summary>
    private static Task[] Threads(int count, Action work) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    Task.Factory.StartNew(
                        work,
                        CancellationToken.None,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                ),
        ];
}
