using System.Collections.Immutable;
using System.Globalization;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Sim.Actors;
using Lure.Sim.Driving;
using Lure.Sim.Running;

namespace Lure.Sim.Scripts;

/// <summary>Turns a simulation that has run into a script that does the same, call by call.</summary>
internal static class Recording
{
    public static Script Of(Simulation simulation)
    {
        ImmutableArray<ClientPart>.Builder clients = ImmutableArray.CreateBuilder<ClientPart>();
        ImmutableArray<ServerPart>.Builder servers = ImmutableArray.CreateBuilder<ServerPart>();
        foreach (Actor actor in simulation.Cast.Actors)
        {
            if (actor.IsClient)
            {
                clients.Add(new ClientPart(actor.Target, [.. actor.Program]));
            }
            else
            {
                servers.Add(new ServerPart(NameOf(actor), [.. actor.Program]));
            }
        }

        ImmutableArray<Pin>.Builder pins = ImmutableArray.CreateBuilder<Pin>(simulation.Driven);
        for (int i = 0; i < simulation.Driven; i++)
        {
            pins.Add(PinOf(simulation, simulation.History[i]));
        }

        return new Script
        {
            Plan = simulation.Plan with { Backends = Named(simulation.Plan.Backends) },
            Clients = clients.ToImmutable(),
            Servers = servers.ToImmutable(),
            Pins = pins.MoveToImmutable(),
        };
    }

    public static Pin PinOf(Simulation simulation, in Happening happening)
    {
        Intervention what = happening.What;
        Pin pin = new(happening.Call, happening.Moment, happening.Round, what.Act, default, what.Who, what.Value);
        if (what.Act == Act.Stale)
        {
            (ActorName client, Side side) = SessionOf(simulation, what.Who, (ulong)what.Value);
            return pin with { Actor = client, Number = (int)side, Value = 0 };
        }

        return Pin.IsOfPeer(what.Act) ? pin with { Actor = NameOf(simulation.Cast.Actors[what.Who]), Number = 0 } : pin;
    }

    public static ActorName NameOf(Actor actor) =>
        actor.IsClient ? ActorName.Client(actor.Ordinal) : new ActorName(actor.Server, actor.Ordinal);

    private static (ActorName Client, Side Side) SessionOf(Simulation simulation, int worker, ulong token)
    {
        foreach (ClosedToken closed in simulation.ClosedTokens)
        {
            if (closed.Worker == worker && closed.Token == token && closed.Client is { } client)
            {
                return (NameOf(client), closed.Side);
            }
        }

        return default;
    }

    private static ImmutableArray<BackendSpec> Named(ImmutableArray<BackendSpec> backends)
    {
        ImmutableArray<BackendSpec>.Builder named = ImmutableArray.CreateBuilder<BackendSpec>(backends.Length);
        int number = 0;
        foreach (BackendSpec backend in backends)
        {
            ImmutableArray<ServerSpec>.Builder servers = ImmutableArray.CreateBuilder<ServerSpec>(
                backend.Servers.Length
            );
            foreach (ServerSpec server in backend.Servers)
            {
                servers.Add(
                    server with
                    {
                        Name = string.Create(CultureInfo.InvariantCulture, $"s{++number}"),
                        Address = Plan.IsUnix(server) ? FakeAddress.UnnamedUnix() : default,
                    }
                );
            }

            string name = string.Create(CultureInfo.InvariantCulture, $"b{named.Count + 1}");
            named.Add(backend with { Name = name, Servers = servers.MoveToImmutable() });
        }

        return named.MoveToImmutable();
    }
}
