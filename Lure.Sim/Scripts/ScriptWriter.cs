using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Lure.Core.Backends;
using Lure.Sim.Running;

namespace Lure.Sim.Scripts;

/// <summary>Writes scripts: only what differs from the defaults.</summary>
internal static class ScriptWriter
{
    private const int LineMax = 100;

    /// <summary>How servers are chosen, by the names of the configuration.</summary>
    public static readonly ImmutableArray<string> Balances = ["round-robin", "least", "random", "source"];

    public static string Write(Script script)
    {
        StringBuilder text = new();
        foreach (string comment in script.Comments)
        {
            text.Append(comment.Length > 0 ? "# " : "#").Append(comment).Append('\n');
        }

        WriteSettings(text, script.Plan);
        WriteTopology(text, script.Plan);
        for (int i = 0; i < script.Clients.Length; i++)
        {
            ClientPart client = script.Clients[i];
            string front =
                client.Front == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" f{client.Front + 1}");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{ActorName.Client(i)}{front}: {ProgramText.Of(client.Program)}\n"
            );
        }

        foreach (ServerPart server in script.Servers)
        {
            text.Append(CultureInfo.InvariantCulture, $"{server.Connection}: {ProgramText.Of(server.Program)}\n");
        }

        foreach (Pin pin in script.Pins)
        {
            text.Append(PinText.WithMoment(pin)).Append('\n');
        }

        WriteExpectations(text, script);
        return text.ToString();
    }

    private static void WriteSettings(StringBuilder text, Plan plan)
    {
        int column = 0;
        foreach (Setting setting in Setting.All)
        {
            if (setting.Get(plan) == setting.Get(Script.Defaults))
            {
                continue;
            }

            string item = setting.Text(plan);
            if (column == 0 || column + item.Length > LineMax)
            {
                text.Append(column > 0 ? "\n" : "").Append("cfg");
                column = "cfg".Length;
            }

            text.Append(' ').Append(item);
            column += item.Length + 1;
        }

        text.Append(column > 0 ? "\n" : "");
    }

    private static void WriteTopology(StringBuilder text, Plan plan)
    {
        if (!IsDefault(plan))
        {
            int server = 0;
            for (int i = 0; i < plan.Backends.Length; i++)
            {
                WriteBackend(text, plan.Backends[i], i);
                foreach (ServerSpec spec in plan.Backends[i].Servers)
                {
                    WriteServer(text, spec, server++);
                }
            }
        }

        if (plan.Fronts.Length != 1 || plan.Fronts[0] != new Front(0))
        {
            for (int i = 0; i < plan.Fronts.Length; i++)
            {
                string unix = plan.Fronts[i].IsUnix ? " unix" : "";
                text.Append(CultureInfo.InvariantCulture, $"front f{i + 1} b{plan.Fronts[i].Backend + 1}{unix}\n");
            }
        }
    }

    private static bool IsDefault(Plan plan)
    {
        BackendSpec usual = Script.Defaults.Backends[0];
        return plan.Backends is [{ Servers: [{ Weight: 1, MaxSessions: 0, Backup: false } server] } only]
            && !Plan.IsUnix(server)
            && (only.Balance, only.Retries, only.EjectAfter, only.EjectFor)
                == (usual.Balance, usual.Retries, usual.EjectAfter, usual.EjectFor);
    }

    private static void WriteBackend(StringBuilder text, BackendSpec backend, int number)
    {
        BackendSpec usual = Script.Defaults.Backends[0];
        text.Append(CultureInfo.InvariantCulture, $"backend b{number + 1}");
        if (backend.Balance != usual.Balance)
        {
            text.Append(" balance=").Append(Balances[(int)backend.Balance]);
        }

        if (backend.Retries != usual.Retries)
        {
            text.Append(CultureInfo.InvariantCulture, $" retries={backend.Retries}");
        }

        if (backend.EjectAfter != usual.EjectAfter)
        {
            text.Append(CultureInfo.InvariantCulture, $" eject={backend.EjectAfter}");
        }

        if (backend.EjectFor != usual.EjectFor)
        {
            text.Append(" for=").Append(Units.Time(backend.EjectFor));
        }

        text.Append('\n');
    }

    private static void WriteServer(StringBuilder text, ServerSpec server, int number)
    {
        text.Append(CultureInfo.InvariantCulture, $"server s{number + 1}");
        if (server.Weight != 1)
        {
            text.Append(CultureInfo.InvariantCulture, $" weight={server.Weight}");
        }

        if (server.MaxSessions != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" max={server.MaxSessions}");
        }

        text.Append(server.Backup ? " backup" : "").Append(Plan.IsUnix(server) ? " unix\n" : "\n");
    }

    private static void WriteExpectations(StringBuilder text, Script script)
    {
        foreach (EndExpectation end in script.Ends)
        {
            text.Append("end ").Append(ActorName.Client(end.Client).ToString());
            foreach (EndField field in end.Fields)
            {
                text.Append(CultureInfo.InvariantCulture, $" {field.Name}={field.Value}");
            }

            text.Append('\n');
        }

        if (script.Fails is { } check)
        {
            text.Append("expect ").Append(check).Append('\n');
        }
    }
}
