using System.Collections.Immutable;
using Lure.Core.Backends;
using Lure.Sim.Running;
using Lure.Sim.Scripts;

namespace Lure.Sim.Shrinking;

/// <content>Bounds and topology: the defaults, where they will do.</content>
internal sealed partial class Shrinker
{
    private bool SimplifySettings()
    {
        bool changed = false;
        Plan plan = _best.Script.Plan;
        Plan usual = Script.Defaults with { Fronts = plan.Fronts, Backends = plan.Backends };
        if (Try(_best.Script with { Plan = usual }))
        {
            return true;
        }

        foreach (Setting setting in Setting.All)
        {
            long value = setting.Get(Script.Defaults);
            if (setting.Get(_best.Script.Plan) != value)
            {
                changed |= Try(_best.Script with { Plan = setting.With(_best.Script.Plan, value) });
            }
        }

        return changed;
    }

    /// <summary>One front, one backend, one server, as far as that goes.</summary>
    private bool SimplifyTopology()
    {
        bool changed = false;
        Plan plan = _best.Script.Plan;
        if (plan.Fronts.Length > 1)
        {
            changed = OnlyFront(plan.Fronts[0]);
            for (int i = 1; i < plan.Fronts.Length && !changed; i++)
            {
                changed = OnlyFront(plan.Fronts[i]);
            }
        }

        plan = _best.Script.Plan;
        if (plan.Fronts.Length == 1 && plan.Backends.Length > 1)
        {
            changed |= OnlyBackend(plan.Fronts[0]);
        }

        for (int i = 0; i < _best.Script.Plan.Fronts.Length; i++)
        {
            Plan now = _best.Script.Plan;
            Front plain = now.Fronts[i] with { IsUnix = false };
            changed |=
                now.Fronts[i].IsUnix
                && Try(_best.Script with { Plan = now with { Fronts = now.Fronts.SetItem(i, plain) } });
        }

        for (int i = 0; i < _best.Script.Plan.Backends.Length; i++)
        {
            changed |= SimplifyBackend(i);
        }

        return changed;
    }

    private bool OnlyFront(Front front)
    {
        ImmutableArray<ClientPart>.Builder clients = ImmutableArray.CreateBuilder<ClientPart>();
        foreach (ClientPart client in _best.Script.Clients)
        {
            clients.Add(client with { Front = 0 });
        }

        return Try(
            _best.Script with
            {
                Plan = _best.Script.Plan with { Fronts = [front] },
                Clients = clients.ToImmutable(),
            }
        );
    }

    /// <summary>The servers before it go away, so those that stay have smaller numbers.</summary>
    private bool OnlyBackend(Front front)
    {
        int backend = front.Backend;
        Plan plan = _best.Script.Plan;
        int first = 0;
        for (int i = 0; i < backend; i++)
        {
            first += plan.Backends[i].Servers.Length;
        }

        ImmutableArray<ServerPart>.Builder servers = ImmutableArray.CreateBuilder<ServerPart>();
        foreach (ServerPart part in _best.Script.Servers)
        {
            int number = part.Connection.Server - first;
            if (number >= 0 && number < plan.Backends[backend].Servers.Length)
            {
                servers.Add(part with { Connection = part.Connection with { Server = number } });
            }
        }

        BackendSpec only = plan.Backends[backend] with { Name = Script.Defaults.Backends[0].Name };
        return Try(
            _best.Script with
            {
                Plan = plan with { Backends = [only], Fronts = [front with { Backend = 0 }] },
                Servers = servers.ToImmutable(),
            }
        );
    }

    private bool SimplifyBackend(int number)
    {
        BackendSpec backend = _best.Script.Plan.Backends[number];
        BackendSpec usual = Script.Defaults.Backends[0] with { Name = backend.Name, Servers = backend.Servers };
        bool isUsual =
            (backend.Balance, backend.Retries, backend.EjectAfter, backend.EjectFor)
            == (usual.Balance, usual.Retries, usual.EjectAfter, usual.EjectFor);
        bool changed = !isUsual && SetBackend(number, usual);
        if (number == _best.Script.Plan.Backends.Length - 1)
        {
            for (int i = backend.Servers.Length - 1; i > 0; i--)
            {
                BackendSpec now = _best.Script.Plan.Backends[number];
                changed |= SetBackend(number, now with { Servers = now.Servers.RemoveAt(i) });
            }
        }

        for (int i = 0; i < _best.Script.Plan.Backends[number].Servers.Length; i++)
        {
            BackendSpec now = _best.Script.Plan.Backends[number];
            ServerSpec plain = new() { Name = now.Servers[i].Name, Address = default };
            changed |=
                !IsPlain(now.Servers[i]) && SetBackend(number, now with { Servers = now.Servers.SetItem(i, plain) });
        }

        return changed;
    }

    private static bool IsPlain(ServerSpec server) =>
        server is { Weight: 1, MaxSessions: 0, Backup: false } && !Plan.IsUnix(server);

    private bool SetBackend(int number, BackendSpec backend)
    {
        Plan plan = _best.Script.Plan with { Backends = _best.Script.Plan.Backends.SetItem(number, backend) };
        ImmutableArray<ServerPart> servers = _best.Script.Servers.RemoveAll(part =>
            part.Connection.Server >= plan.Servers
        );
        return Try(_best.Script with { Plan = plan, Servers = servers });
    }
}
