using System.Collections.Generic;
using System.Linq;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Records;
using Lure.Core.Tests.Loop;
using Lure.Core.Tests.Memory;
using Lure.Sim;
using NUnit.Framework;

namespace Lure.Core.Tests.Backends;

/// <summary>What a whole loop shows seldom: limits that all bind, times that are equal, draws that can be told in advance.</summary>
[TestFixture]
internal sealed unsafe class BalancerTests
{
    private const long Now = 1000;
    private const long EjectFor = 50;

    private TestArena _memory = null!;
    private SharedState _shared = null!;
    private Balancer _balancer;
    private bool _allEjected;

    [SetUp]
    public void Make() => _memory = new TestArena(1 << 18);

    [TearDown]
    public void Free() => _memory.Dispose();

    [Test]
    public void The_seed_of_a_worker_says_where_its_rotation_begins()
    {
        Lay(seed: 4, Of(Server(0), Server(1), Server(2)) with { Balance = Balance.LeastConnections });
        Assert.That(new[] { Choose(), Choose(), Choose() }, Is.EqualTo(new[] { 1, 2, 0 }));
    }

    [Test]
    public void The_largest_weight_is_taken_and_one_more_is_not()
    {
        Lay(seed: 0, Of(Server(0) with { Weight = 256 }));
        Assert.That(Choose(), Is.Zero);
        Assert.That(
            () => Lay(seed: 0, Of(Server(0) with { Weight = 257 })),
            Throws.ArgumentException.With.Message.StartsWith("Weight of s0 is out of range")
        );
    }

    [Test]
    public void A_backup_takes_what_the_others_have_no_place_for_and_then_all_are_full()
    {
        Lay(seed: 0, Of(Server(0) with { MaxSessions = 1 }, Server(1) with { MaxSessions = 1, Backup = true }));
        Assert.That(new[] { Choose(), Choose(), Choose() }, Is.EqualTo(new[] { 0, 1, Balancer.AllFull }));
    }

    /// <summary>It will have a place again; the other one has just failed.</summary>
    [Test]
    public void A_server_that_is_left_out_is_no_place_for_those_of_a_full_one()
    {
        Lay(seed: 0, Of(Server(0) with { MaxSessions = 1 }, Server(1)));
        _shared.Eject(1, Now + 1);
        Assert.That(new[] { Choose(), Choose() }, Is.EqualTo(new[] { 0, Balancer.AllFull }));
    }

    [Test]
    public void An_ejection_is_over_at_its_time_and_not_after_it()
    {
        Lay(seed: 0, Of(Server(0), Server(1)) with { EjectAfter = 1, EjectFor = EjectFor });
        _shared.Eject(0, Now);
        _shared.Eject(1, Now);

        Assert.That(Choose(), Is.Zero);
        Assert.That(_allEjected, Is.False);
        Assert.That(_balancer.NoteFailure(0, 0, Now), Is.True, "it is ejected anew, for the other one is usable");
        Assert.That(_shared.ServerEjectedUntil(0), Is.EqualTo(Now + EjectFor));
        Assert.That(_balancer.NoteFailure(0, 0, Now), Is.False, "once for all callers");
    }

    [Test]
    public void A_connect_that_works_ends_an_ejection()
    {
        Lay(seed: 0, Of(Server(0), Server(1)) with { EjectAfter = 1, EjectFor = EjectFor });
        Assert.That(_balancer.NoteFailure(0, 0, Now), Is.True);
        _balancer.NoteSuccess(0);
        Assert.That((_shared.ServerFailures(0), _shared.ServerEjectedUntil(0)), Is.EqualTo((0, 0L)));
    }

    [Test]
    public void Of_no_servers_none_is_ejected()
    {
        Lay(seed: 0, Of());
        Assert.That((Choose(), _allEjected), Is.EqualTo((Balancer.NoneLeft, false)));
    }

    /// <summary>The rule in a few lines: two draws by weight, the second without the first; fewer sessions for its weight wins.</summary>
    [Test]
    public void Two_are_drawn_by_weight_and_servers_of_another_backend_take_no_part()
    {
        int[] weights = [1, 5, 2];
        Lay(
            seed: 7,
            Of([.. weights.Select((weight, i) => Server(i) with { Weight = weight })]) with
            {
                Balance = Balance.RandomTwo,
            },
            Of(Server(3) with { Weight = 200 })
        );
        Random64 random = new(7);
        int[] loads = new int[3];
        for (int i = 0; i < 300; i++)
        {
            int first = Draw(ref random, weights, except: -1);
            int second = Draw(ref random, weights, except: first);
            int expected = loads[second] * weights[first] < loads[first] * weights[second] ? second : first;
            Assert.That(Choose(), Is.EqualTo(expected), $"session {i} with {string.Join(',', loads)}");
            loads[expected]++;
        }
    }

    /// <summary>A promise to those who upgrade: with other servers for the same clients, what servers keep of them is gone.</summary>
    [Test]
    public void A_clients_server_is_the_same_in_every_version()
    {
        Lay(
            seed: 0,
            Of(Server(0), Server(1) with { Weight = 3 }, Server(2) with { Weight = 2 }) with
            {
                Balance = Balance.Source,
            }
        );
        IEnumerable<int> chosen = Enumerable
            .Range(1, 24)
            .Select(host => Choose(client: ClientAddress.From(FakeAddress.IPv4(10, 0, 0, (byte)host, 4000))));
        Assert.That(string.Concat(chosen), Is.EqualTo("122111101112221201121121"));
    }

    private static int Draw(ref Random64 random, int[] weights, int except)
    {
        List<int> tickets = [];
        for (int i = 0; i < weights.Length; i++)
        {
            tickets.AddRange(Enumerable.Repeat(i, i == except ? 0 : weights[i]));
        }

        return tickets[random.Below(tickets.Count)];
    }

    private static ServerSpec Server(int number) =>
        new() { Name = $"s{number}", Address = LoopBench.ServerAddress(number) };

    private static BackendSpec Of(params ServerSpec[] servers) => new() { Name = "b", Servers = [.. servers] };

    private void Lay(ulong seed, params BackendSpec[] backends)
    {
        Topology topology = new() { Backends = [.. backends], Listeners = 1 };
        BackendTable table = new(ref _memory.Arena, topology);
        table.Fill(topology, seed);
        _shared = new SharedState(ref _memory.Arena, 1, topology.ServerCount, 1000, 2000);
        _balancer = new Balancer(table, _shared, seed);
    }

    /// <summary>One more session of the first backend, which stays.</summary>
    private int Choose(ClientAddress client = default)
    {
        ConnectionDetails session = new()
        {
            Server = -1,
            LastServer = -1,
            Client = client,
        };
        return _balancer.Choose(&session, Now, out _allEjected);
    }
}
