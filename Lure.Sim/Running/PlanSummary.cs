using System;
using System.Globalization;
using System.Text;
using Lure.Core.Backends;

namespace Lure.Sim.Running;

/// <summary>A plan in one line, for reports.</summary>
internal static class PlanSummary
{
    private const double NsPerMs = 1e6;

    public static string Summary(this Plan plan)
    {
        StringBuilder text = new();
        IFormatProvider invariant = CultureInfo.InvariantCulture;
        text.Append(invariant, $"workers={plan.Workers} sessions={plan.Loop.Sessions}/{plan.SessionsMax}");
        text.Append(invariant, $" block={plan.Loop.BlockBytes} batch={plan.Loop.BatchReads}");
        text.Append(invariant, $" events={plan.Loop.EventsPerTurn} accepts={plan.Loop.AcceptsPerTurn}");
        text.Append(invariant, $" turn={plan.Loop.BytesPerTurn} backlog={plan.Backlog}");
        text.Append(invariant, $" sndbuf={plan.World.SendBuffer} rcvbuf={plan.World.ReceiveBuffer}");
        text.Append(
            invariant,
            $" connect={plan.Loop.ConnectTimeout / NsPerMs}ms idle={plan.Loop.IdleTimeout / NsPerMs}ms"
        );
        text.Append(invariant, $" half-close={plan.Loop.HalfCloseTimeout / NsPerMs}ms");
        text.Append(invariant, $" linger={plan.Loop.LingerTimeout / NsPerMs}ms chaos={plan.ChaosCalls}");
        text.Append(plan.Injures ? " injures" : "").Append(plan.SomeStayStuck ? " some-stay-stuck" : "");
        foreach (BackendSpec backend in plan.Backends)
        {
            text.Append(invariant, $" [{backend.Balance} servers={backend.Servers.Length} retries={backend.Retries}");
            text.Append(invariant, $" eject={backend.EjectAfter}]");
        }

        return text.ToString();
    }
}
