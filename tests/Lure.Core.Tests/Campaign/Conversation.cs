using Lure.Core.Backends;
using Lure.Core.Records;
using Lure.Sim;
using NUnit.Framework;

namespace Lure.Core.Tests.Campaign;

/// <summary>A client, the server that it was given, and what must be true of them at the end.</summary>
internal sealed class Conversation(CampaignBench bench, int number, bool mayLackResources)
{
    private Talker? _server;
    private ulong _keys;

    public Talker? Client { get; private set; }

    public void Begin(ulong key)
    {
        _keys = key;
        _server = null;
        Client = new Talker(bench.World.Connect(CampaignBench.Front(number)), key);
    }

    /// <summary>The server's end of it: the last attempt that got through.</summary>
    public Talker? Server
    {
        get
        {
            for (int i = 0; i < CampaignBench.ServersEach; i++)
            {
                while (bench.Servers[(number * CampaignBench.ServersEach) + i].TryAccept() is { } peer)
                {
                    AssertWasGivenUp(_server);
                    _server = new Talker(peer, ++_keys);
                }
            }

            return _server;
        }
    }

    public void Act(ref Random64 random)
    {
        bool client = random.Below(2) == 0;
        Talker? server = Server;
        if ((client ? Client : server) is not { } talker)
        {
            return;
        }

        Talker? other = client ? server : Client;
        switch (random.Below(40))
        {
            case < 14:
                talker.Send(1 + random.Below(12));
                break;
            case < 28:
                talker.Read(1 + random.Below(12), other);
                break;
            case < 31:
                talker.Finish();
                break;
            case < 35:
                talker.Resize(random.Below(12));
                break;
            case < 38:
                talker.Hold(random.Below(2) == 0, random.Below(2) == 0);
                break;
            default:
                if (random.Below(3) == 0)
                {
                    talker.Leave(reset: random.Below(2) == 0);
                }

                break;
        }
    }

    /// <summary>Both go on reading, and say nothing more.</summary>
    public void Wind()
    {
        Talker? server = Server;
        Client?.Heal();
        server?.Heal();
        Client?.Read(int.MaxValue, server);
        server?.Read(int.MaxValue, Client);
        Client?.Finish();
        server?.Finish();
    }

    /// <summary>The session has ended, and this is what the loop says about it.</summary>
    public void End(in LoopRecord end)
    {
        Assert.That(Client, Is.Not.Null, "one end for each session");
        Talker client = Client!;
        Talker? server = Server;
        client.Heal();
        server?.Heal();
        client.Read(int.MaxValue, server);
        server?.Read(int.MaxValue, client);
        Client = null;

        string code = $"{(char)end.Who}{(char)end.State}";
        Assert.That(end.Up, Is.LessThanOrEqualTo(client.Sent), code);
        Assert.That(end.Down, Is.LessThanOrEqualTo(server?.Sent ?? 0), code);
        AssertStream(end, code, client, server, end.Up, end.LostUp);
        if (server is not null)
        {
            AssertStream(end, code, server, client, end.Down, end.LostDown);
        }

        AssertBlame(end, code, client, server);
    }

    private static void AssertStream(LoopRecord end, string code, Talker from, Talker? to, long received, long lost)
    {
        if (to is null)
        {
            Assert.That(lost, Is.EqualTo(received), $"{code}: there was nobody to take it");
            return;
        }

        bool whole = end.Who == '-';
        if (whole)
        {
            Assert.That((from.Finished, received, lost), Is.EqualTo((true, from.Sent, 0L)), code);
            Assert.That(to.Gone || to.Arrived == from.Sent, $"{code}: {to.Arrived} of {from.Sent} arrived");
            Assert.That(to.Gone || to.SawEnd == PeerEnd.Fin, $"{code}: saw {to.SawEnd}");
            return;
        }

        Assert.That(to.Arrived, Is.EqualTo(received - lost), $"{code}: received {received}, lost {lost}");
        Assert.That(to.Gone || to.SawEnd != PeerEnd.None, $"{code}: an end that is not told");
        if (!to.Gone && to.SawEnd == PeerEnd.Fin)
        {
            Assert.That(
                (from.Finished, to.Arrived),
                Is.EqualTo((true, from.Sent)),
                $"{code}: a FIN that did not come in"
            );
        }
    }

    private void AssertBlame(in LoopRecord end, string code, Talker client, Talker? server)
    {
        switch ((char)end.Who)
        {
            case '-':
                break;
            case 'C':
                Assert.That(client.Gone, $"{code}, but the client did not leave");
                break;
            case 'S' when end.State == 'C':
                break;
            case 'S':
                Assert.That(server is { Gone: true }, $"{code}, but the server did not leave");
                break;
            case 'c' or 's':
                break;
            case 'R':
                Assert.That(mayLackResources, $"{code}, but nothing was missing");
                break;
            default:
                Assert.Fail($"{code} cannot be");
                break;
        }
    }

    private static void AssertWasGivenUp(Talker? attempt)
    {
        if (attempt is not null)
        {
            Assert.That(attempt.Arrived, Is.Zero, "bytes went to two servers");
        }
    }
}
