using Lure.Core.Backends;
using Lure.Sim.Actors;
using Lure.Sim.Campaigns;
using Lure.Sim.Driving;
using Lure.Sim.Running;
using Lure.Sim.Scripts;
using NUnit.Framework;

namespace Lure.Sim.Tests.Scripts;

/// <summary>What is printed reads back as what it was.</summary>
[Category("Long")]
public sealed class ScriptTextTests
{
    [Test]
    public void ARandomScriptReadsBackAsItself()
    {
        using SeedRun run = new(new WorkerSet<FakeKernel>());
        for (ulong seed = 0; seed < 60; seed++)
        {
            run.Run(seed);
            Script script = Decorated(Recording.Of(run.Simulation), seed);
            AssertSame(Script.Parse(script.ToText(), "printed"), script);
        }
    }

    [Test]
    public void EveryActReadsBackAsItself()
    {
        Script script = new() { Clients = [new ClientPart(0, [new Step(Verb.Connect)])] };
        foreach (Act act in System.Enum.GetValues<Act>())
        {
            if (act == Act.None)
            {
                continue;
            }

            bool isIn = act is Act.Order or Act.Truncate or Act.Report or Act.Stale or Act.Strip;
            Moment moment =
                !isIn ? Moment.Before
                : act is Act.Order or Act.Truncate ? Moment.Collect
                : Moment.Report;
            script = script with { Pins = script.Pins.Add(new Pin(7, moment, isIn ? 2 : 0, act, default, 0, 5)) };
        }

        script = script with { Pins = [.. System.Linq.Enumerable.Select(script.Pins, WithoutWhatIsNotWritten)] };
        AssertSame(Script.Parse(script.ToText(), "printed"), script);
    }

    [Test]
    public void TheLettersOfTcploopAreTaken()
    {
        Script script = Script.Parse("c1: C T W P S:GET\\r\\n\\r\\n O R0 G K\ns1: L N20 A Q R S0 F K", "pasted");
        Assert.That(script.ToText(), Is.EqualTo("c1: C I P100 S7 O R G K\ns1: A R S0 F K\n"));
    }

    private static Pin WithoutWhatIsNotWritten(Pin pin) =>
        pin.Act switch
        {
            Act.Accept or Act.ServerDown or Act.ServerUp or Act.EjectAll or Act.Turn or Act.AtOnce => pin with
            {
                Value = 0,
            },
            Act.Clog or Act.Unclog or Act.Reset or Act.Stale => pin with { Actor = ActorName.Client(0), Value = 0 },
            Act.Step => pin with { Actor = ActorName.Client(0) },
            _ => pin,
        };

    private static Script Decorated(Script script, ulong seed)
    {
        Random64 random = new(seed);
        ClientPart first = script.Clients[0];
        ReadExpectation expected = new(
            random.Next() % 2 == 0 ? null : (long)(random.Next() % 1000),
            random.Next() % 2 == 0 ? null : (PeerEnd)(random.Next() % 3)
        );
        return script with
        {
            Comments = seed % 2 == 0 ? [] : ["what it is", "", "and why"],
            Clients = script.Clients.SetItem(
                0,
                first with
                {
                    Program = [.. first.Program, new Step(Verb.Receive, (int)(seed % 3), expected)],
                }
            ),
            Ends = seed % 2 == 0 ? [] : [new EndExpectation(0, [new EndField("code", "--"), new EndField("up", "5")])],
            Fails = seed % 3 == 0 ? null : "V11",
        };
    }

    private static void AssertSame(Script found, Script expected)
    {
        Assert.That(found.ToText(), Is.EqualTo(expected.ToText()));
        Assert.That(found.Comments, Is.EqualTo(expected.Comments));
        Assert.That(found.Pins, Is.EqualTo(expected.Pins));
        Assert.That(found.Fails, Is.EqualTo(expected.Fails));
        Assert.That(found.Clients, Has.Length.EqualTo(expected.Clients.Length));
        for (int i = 0; i < expected.Clients.Length; i++)
        {
            Assert.That(found.Clients[i].Front, Is.EqualTo(expected.Clients[i].Front));
            Assert.That(found.Clients[i].Program, Is.EqualTo(expected.Clients[i].Program));
        }

        Assert.That(found.Servers, Has.Length.EqualTo(expected.Servers.Length));
        for (int i = 0; i < expected.Servers.Length; i++)
        {
            Assert.That(found.Servers[i].Connection, Is.EqualTo(expected.Servers[i].Connection));
            Assert.That(found.Servers[i].Program, Is.EqualTo(expected.Servers[i].Program));
        }

        Assert.That(found.Plan.Loop, Is.EqualTo(expected.Plan.Loop));
        Assert.That(found.Plan.World, Is.EqualTo(expected.Plan.World));
        Assert.That(found.Plan.Fronts, Is.EqualTo(expected.Plan.Fronts));
        Plan plain = expected.Plan with { Backends = found.Plan.Backends, Fronts = found.Plan.Fronts };
        Assert.That(found.Plan, Is.EqualTo(plain));
        Assert.That(found.Plan.Servers, Is.EqualTo(expected.Plan.Servers));
    }
}
