using System.Collections.Generic;
using System.Linq;
using Lure.Core.Backends;
using Lure.Core.Records;
using Lure.Sim;
using NUnit.Framework;

namespace Lure.Core.Tests.Campaign;

/// <summary>A client, the server that it was given, and what must be true of them at the end.</summary>
internal sealed class Conversation(CampaignBench bench, int number, bool mayLackResources)
{
    private readonly List<List<Talker>> _attempts = [];
    private readonly List<Talker> _servers = [];
    private Talker[] _client = [];
    private ulong _keys;

    public Talker? Client { get; private set; }

    public bool MayBeKilled { get; set; }

    public void Begin(ulong key)
    {
        _keys = key;
        _servers.Clear();
        _attempts.Clear();
        for (int i = 0; i < CampaignBench.ServersEach; i++)
        {
            _attempts.Add([]);
        }

        Client = new Talker(bench.World.Connect(CampaignBench.Front(number)), ordinal: 0, key);
        _client = [Client];
    }

    public void Act(ref Random64 random)
    {
        Meet();
        int who = random.Below(1 + _servers.Count);
        if (Client is null || random.Below(2) == 0 || who == 0)
        {
            Act(Client, _servers, ref random);
        }
        else
        {
            Act(_servers[who - 1], _client, ref random);
        }
    }

    /// <summary>All go on reading, and say nothing more.</summary>
    public void Wind()
    {
        ReadAll();
        Client?.Finish();
        _servers.ForEach(server => server.Finish());
    }

    /// <summary>The session has ended, and this is what the loop says about it.</summary>
    /// <param name="end">What it says.</param>
    /// <param name="undisturbed">No peer moved within the turn: else bytes may arrive after they were counted as lost.</param>
    public void End(in LoopRecord end, bool undisturbed)
    {
        Assert.That(Client, Is.Not.Null, "one end for each session");
        Talker client = Client!;
        ReadAll();
        Client = null;
        Talker? server =
            end.ConnectedAt == 0 ? null : _attempts[end.Server - (number * CampaignBench.ServersEach)].Last();
        foreach (Talker attempt in _servers.Where(each => each != server))
        {
            Assert.That(attempt.Arrived, Is.Zero, "bytes went to two servers");
            Assert.That(attempt.Gone || attempt.SawEnd == PeerEnd.Reset, "an attempt given up is no whole stream");
        }

        string code = $"{(char)end.Who}{(char)end.State}";
        Assert.That(client.Heard, Is.Null.Or.SameAs(server), code);
        Assert.That(end.Up, Is.LessThanOrEqualTo(client.Sent), code);
        Assert.That(end.Down, Is.LessThanOrEqualTo(server?.Sent ?? 0), code);
        AssertStream(end, client, server, undisturbed);
        if (server is not null)
        {
            AssertStream(end, server, client, undisturbed);
        }

        AssertBlame(end, code, client, server);
    }

    /// <summary>Servers accept.</summary>
    private void Meet()
    {
        for (int i = 0; i < CampaignBench.ServersEach && Client is not null; i++)
        {
            while (bench.Servers[(number * CampaignBench.ServersEach) + i].TryAccept() is { } peer)
            {
                Talker server = new(peer, (byte)(_servers.Count + 1), ++_keys);
                _servers.Add(server);
                _attempts[i].Add(server);
            }
        }
    }

    private void ReadAll()
    {
        Meet();
        Client?.Heal();
        _servers.ForEach(server => server.Heal());
        Client?.Read(int.MaxValue, _servers);
        _servers.ForEach(server => server.Read(int.MaxValue, _client));
    }

    private static void Act(Talker? talker, IReadOnlyList<Talker> others, ref Random64 random)
    {
        switch (random.Below(40))
        {
            case < 14:
                talker?.Send(1 + random.Below(12));
                break;
            case < 28:
                talker?.Read(1 + random.Below(12), others);
                break;
            case < 31:
                talker?.Finish();
                break;
            case < 35:
                talker?.Resize(random.Below(12));
                break;
            case < 38:
                talker?.Hold(random.Below(2) == 0, random.Below(2) == 0);
                break;
            default:
                if (random.Below(3) == 0)
                {
                    talker?.Leave(reset: random.Below(2) == 0);
                }

                break;
        }
    }

    private void AssertStream(in LoopRecord end, Talker from, Talker? to, bool undisturbed)
    {
        string code = $"{(char)end.Who}{(char)end.State}";
        bool up = from == _client[0];
        (long received, long lost) = up ? (end.Up, end.LostUp) : (end.Down, end.LostDown);
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

        string count = $"{code}: received {received}, lost {lost}";
        Assert.That(
            to.Arrived,
            undisturbed ? Is.EqualTo(received - lost) : Is.InRange(received - lost, received),
            count
        );
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
            case 'K':
                Assert.That(MayBeKilled, $"{code}, but nobody asked for it");
                break;
            case 'R':
                Assert.That(mayLackResources, $"{code}, but nothing was missing");
                break;
            default:
                Assert.Fail($"{code} cannot be");
                break;
        }
    }
}
