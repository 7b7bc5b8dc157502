using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Workers;

namespace Lure.Sim.Checking;

/// <content>Between the cause and the reset: what was accepted is given its time, and nothing else is waited for.</content>
internal sealed partial class Ledger
{
    private const int SidesOfSession = 2;

    // At once, after 1, 4, 16 and 40 ms, and where bytes or the end of them came in between.
    private const int LooksAtFirst = 10;

    /// <summary>ns: when the cause of a session's end was first seen, at the latest at the wait after it.</summary>
    private long CausedAt(SessionShadow session)
    {
        if (session.CausedAt < 0 && session.Who != '\0')
        {
            session.CausedAt = _workers[session.Worker].Now;
        }

        return session.CausedAt;
    }

    /// <summary>V5: nobody who lives is reset before all that was accepted for it has arrived, or its time is over.</summary>
    private void CheckGrace(SessionShadow session, Side side)
    {
        SideShadow target = session[side];
        WorkerShadow shadow = _workers[session.Worker];
        // Whoever cannot be watched is not waited for, whatever came first.
        bool unwatched = session[Side.Client].WatchRefused || session[Side.Server].WatchRefused;
        bool lingers = session.State is 'D' or 'L' && session.Who is not ('R' or 'I') && !shadow.Stopped && !unwatched;
        if (!lingers || target.Error != 0 || shadow.Now >= CausedAt(session) + _simulation.Plan.Loop.LingerTimeout)
        {
            return;
        }

        long held = target.Unacknowledged - (target.FinSent ? 1 : 0);
        long waiting = session.Waiting(side.Other());
        if (waiting > 0 || held > 0)
        {
            Fail(session, $"V5: the {side} is reset before its time, {waiting} bytes wait and {held} are on their way");
        }

        SideShadow source = session[side.Other()];
        if (source.Error != 0 && !source.ReadOver)
        {
            Fail(session, $"V5: the {side} is reset before what the {side.Other()} had sent was read");
        }
    }

    /// <summary>V12: there is no event for an acknowledgement, so it is looked for, but not all the time (docs/ARCHITECTURE.md).</summary>
    private void CheckPace(SessionShadow session)
    {
        if (session.CausedAt < 0)
        {
            return;
        }

        session.LingerLooks++;
        long passed = (_workers[session.Worker].Now - session.CausedAt) / LingerPollMax;
        long most = SidesOfSession * (LooksAtFirst + session.Occasions + passed);
        if (session.LingerLooks > most)
        {
            Fail(session, $"V12: it lingers, and was looked at {session.LingerLooks} times, {most} are enough");
        }
    }

    /// <summary>V11: a client that has died is not kept while its server is connected to.</summary>
    private void CheckClient(SessionShadow session, in SessionView view)
    {
        if (view.Flags.Phase() == Phase.Connecting && session[Side.Client].Error != 0)
        {
            Fail(session, "V11: it sleeps, and its client has died while the server was connected to");
        }
    }

    /// <summary>V11, for who lingers: the dead are read to their end, and no time passes for nothing.</summary>
    private void CheckLingering(SessionShadow session, in SessionView view)
    {
        if (view.Flags.Phase() != Phase.Lingering || session.Who is 'R' or 'I')
        {
            return;
        }

        FakeWorker kernel = _simulation.Workers.Kernel(session.Worker).Internals;
        for (Side source = Side.Client; source <= Side.Server; source++)
        {
            SideShadow dead = session[source];
            Side target = source.Other();
            bool readable = dead.Error != 0 && !dead.ReadOver && session[target].Error == 0;
            if (readable && dead.IsUnix)
            {
                // A peer that only stopped to read (shutdown(SHUT_RD), unix(7)) refuses what is written, and may go on sending.
                readable = (_simulation.World.FindSocket(view.Fd(source))!.Look() & WorthReading) != 0;
            }

            if (readable && session.Waiting(source) == 0 && kernel.ItemOf(view.Fd(source)) is { IsReady: false })
            {
                Fail(session, $"V11: it sleeps, and what the {source} had sent before it died is not read");
            }
        }

        if (IsOver(session, Side.Client) && IsOver(session, Side.Server))
        {
            Fail(session, "V11: it lingers, and there is nothing to wait for");
        }
    }

    private static bool IsOver(SessionShadow session, Side side)
    {
        SideShadow target = session[side];
        SideShadow source = session[side.Other()];
        bool more = source.Error != 0 && !source.ReadOver;
        bool acknowledged = target.Asked && target.Unacknowledged - (target.FinSent ? 1 : 0) <= 0;
        return target.Error != 0 || (!more && session.Waiting(side.Other()) == 0 && acknowledged);
    }
}
