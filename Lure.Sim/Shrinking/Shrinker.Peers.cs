using System;
using System.Collections.Immutable;
using Lure.Sim.Actors;
using Lure.Sim.Scripts;

namespace Lure.Sim.Shrinking;

/// <content>Who takes part, and what they do.</content>
internal sealed partial class Shrinker
{
    private static readonly ImmutableArray<ImmutableArray<Step>> s_plainServers =
    [
        [new(Verb.Accept), new(Verb.Receive), new(Verb.Finish), new(Verb.Close)],
        [new(Verb.Accept), new(Verb.Finish), new(Verb.Receive), new(Verb.Close)],
    ];

    private bool DropClients()
    {
        bool changed = false;
        for (int size = Math.Max(1, _best.Script.Clients.Length / 2); size > 0; size /= 2)
        {
            int first = _best.Script.Clients.Length - size;
            while (first >= 0 && _runsLeft > 0)
            {
                bool dropped = _best.Script.Clients.Length > size && DropClients(first, size);
                changed |= dropped;
                first = Math.Min(first - (dropped ? size : 1), _best.Script.Clients.Length - size);
            }
        }

        return changed;
    }

    private bool DropClients(int first, int count)
    {
        Script script = _best.Script;
        ImmutableArray<Anchor> anchors = _best.Anchors;
        for (int client = first + count - 1; client >= first; client--)
        {
            (script, anchors) = Without(script, anchors, client);
        }

        return Try(script, anchors);
    }

    /// <summary>The clients behind it move up, in programs, pins and anchors.</summary>
    private static (Script Script, ImmutableArray<Anchor> Anchors) Without(
        Script script,
        ImmutableArray<Anchor> anchors,
        int client
    )
    {
        ImmutableArray<Pin>.Builder pins = ImmutableArray.CreateBuilder<Pin>();
        ImmutableArray<Anchor>.Builder kept = ImmutableArray.CreateBuilder<Anchor>();
        for (int i = 0; i < script.Pins.Length; i++)
        {
            Pin pin = script.Pins[i];
            bool isOfClient = Pin.IsOfPeer(pin.Act) && pin.Actor.IsClient;
            if ((isOfClient && pin.Actor.Ordinal == client) || anchors[i].Without(client) is not { } anchor)
            {
                continue;
            }

            pins.Add(
                isOfClient && pin.Actor.Ordinal > client
                    ? pin with
                    {
                        Actor = ActorName.Client(pin.Actor.Ordinal - 1),
                    }
                    : pin
            );
            kept.Add(anchor);
        }

        Script without = script with { Clients = script.Clients.RemoveAt(client), Pins = pins.ToImmutable() };
        return (without, kept.ToImmutable());
    }

    /// <summary>No program at all (an echo), one for every connection, fewer of them.</summary>
    private bool SimplifyServers()
    {
        bool changed = false;
        Script script = _best.Script;
        if (!script.Servers.IsEmpty)
        {
            changed = Try(script with { Servers = [] });
            for (int i = 0; i < script.Servers.Length && !changed; i++)
            {
                changed = AllAlike(script.Servers[i].Program);
            }
        }

        foreach (ImmutableArray<Step> program in s_plainServers)
        {
            changed |= _best.Script.Servers.Length > 1 && AllAlike(program);
        }

        for (int i = _best.Script.Servers.Length - 1; i >= 0; i--)
        {
            changed |= Try(_best.Script with { Servers = _best.Script.Servers.RemoveAt(i) });
        }

        return changed;
    }

    private bool AllAlike(ImmutableArray<Step> program)
    {
        ImmutableArray<ServerPart>.Builder parts = ImmutableArray.CreateBuilder<ServerPart>();
        for (int server = 0; server < _best.Script.Plan.Servers; server++)
        {
            parts.Add(new ServerPart(new ActorName(server, -1), program));
        }

        return parts.Count < _best.Script.Servers.Length && Try(_best.Script with { Servers = parts.ToImmutable() });
    }

    private bool DropSteps()
    {
        bool changed = false;
        for (int i = 0; i < _best.Script.Clients.Length; i++)
        {
            for (int step = _best.Script.Clients[i].Program.Length - 1; step > 0; step--)
            {
                ClientPart part = _best.Script.Clients[i];
                changed |= SetClient(i, part with { Program = part.Program.RemoveAt(step) });
            }
        }

        for (int i = 0; i < _best.Script.Servers.Length; i++)
        {
            for (int step = _best.Script.Servers[i].Program.Length - 1; step > 0; step--)
            {
                ServerPart part = _best.Script.Servers[i];
                changed |= SetServer(i, part with { Program = part.Program.RemoveAt(step) });
            }
        }

        return changed;
    }

    private bool HalveNumbers()
    {
        bool changed = false;
        for (int i = 0; i < _best.Script.Clients.Length; i++)
        {
            for (int step = 1; step < _best.Script.Clients[i].Program.Length; step++)
            {
                foreach (int count in Smaller(_best.Script.Clients[i].Program[step]))
                {
                    ClientPart part = _best.Script.Clients[i];
                    Step less = part.Program[step] with { Count = count };
                    changed |= SetClient(i, part with { Program = part.Program.SetItem(step, less) });
                }
            }
        }

        for (int i = 0; i < _best.Script.Servers.Length; i++)
        {
            for (int step = 1; step < _best.Script.Servers[i].Program.Length; step++)
            {
                foreach (int count in Smaller(_best.Script.Servers[i].Program[step]))
                {
                    ServerPart part = _best.Script.Servers[i];
                    Step less = part.Program[step] with { Count = count };
                    changed |= SetServer(i, part with { Program = part.Program.SetItem(step, less) });
                }
            }
        }

        return changed;
    }

    /// <summary>One, an eighth, the half, one less: the last that still fails stays, and the next pass goes on from it.</summary>
    private static int[] Smaller(Step step) =>
        step.Verb is not (Verb.Send or Verb.SendRights or Verb.Receive or Verb.Pause or Verb.Window) || step.Count <= 1
            ? []
        : step.Count == 2 ? [1]
        : [step.Count - 1, step.Count / 2, step.Count / 8, 1];

    private bool SetClient(int client, ClientPart part) =>
        part.Program.Length > 0 && Try(_best.Script with { Clients = _best.Script.Clients.SetItem(client, part) });

    private bool SetServer(int server, ServerPart part) =>
        Try(_best.Script with { Servers = _best.Script.Servers.SetItem(server, part) });
}
