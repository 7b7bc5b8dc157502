using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Sim.Faults;

namespace Lure.Sim.Checking;

/// <content>Ends that the loop makes: a FIN, a reset, a listener that is closed.</content>
internal sealed partial class Ledger
{
    /// <summary>V3: a FIN goes out for a FIN that came in, once, after the last byte before it.</summary>
    private void CheckFin(SessionShadow session, Side target, string call)
    {
        Side source = target.Other();
        if (session[target].FinSent)
        {
            Fail(session, $"V3: a second FIN to the {target}, by {call}");
        }
        else if (session[target].WriteOver)
        {
            Fail(session, $"V6: {call} on the {target} after its error");
        }
        else if (!session[source].Finished)
        {
            Fail(session, $"V3: a FIN to the {target}, by {call}, but the {source} has sent none");
        }
        else if (session.Waiting(source) != 0)
        {
            Fail(session, $"V3: a FIN to the {target}, by {call}, {session.Waiting(source)} bytes too early");
        }
    }

    private void AfterShutdown(SessionShadow session, Side side, int result)
    {
        if (result == 0)
        {
            session[side].FinSent = true;
            return;
        }

        Census(Fault.CloseError);
        Learn(session, side, -result);
    }

    private void BeforeClose(int worker, int fd, SessionShadow? session, Side side)
    {
        if (session is null)
        {
            CheckListenerClose(worker, fd);
            return;
        }

        FindView(session, out _);
        SideShadow closing = session[side];
        if (closing.Closed)
        {
            Fail(session, $"V6: the {side} is closed twice");
        }

        closing.Token = _simulation.Workers.Kernel(worker).Internals.ItemOf(fd)?.Token ?? SideShadow.NeverWatched;
        bool alive = _simulation.World.FindSocket(fd)!.IsEstablished;
        if (closing.Resets)
        {
            CheckGrace(session, side);
        }

        // A unix socket cannot reset, so how it is closed says nothing about a stream that is cut.
        bool unable = closing.IsUnix && session.Who is not ('\0' or '-');
        if (unable || !alive || closing.Resets || closing.ResetRefused || closing.Error != 0)
        {
            return;
        }

        if (session.State is 'D' or 'L' && session.Who != 'I')
        {
            Fail(session, $"V5: it ended as {session.Who}{session.State}, and the {side} is closed without a reset");
        }

        // A plain close sends a FIN, or is the end of an attempt that nobody has accepted.
        if (!closing.FinSent && (side == Side.Client || session.ConnectError == 0))
        {
            CheckFin(session, side, "close");
        }
    }

    private void AfterClose(int fd, SessionShadow? session, Side side, int result)
    {
        if (result < 0)
        {
            Census(Fault.CloseError);
        }

        if (session is not null)
        {
            session[side].Closed = true;
            session[side].Settled = session[side].Disturbances == _disturbances;
            _clientsOpen -= side == Side.Client ? 1 : 0;
        }

        OwnerOf(fd) = default;
    }

    /// <summary>V22: a drain takes what is queued; only a stop, or the end of its time, gives it up.</summary>
    private void CheckListenerClose(int worker, int fd)
    {
        if (OwnerOf(fd).Listener == 0)
        {
            return; // an attempt that failed before it was connected
        }

        WorkerShadow shadow = _workers[worker];
        if (_simulation.Plan.IsShared(OwnerOf(fd).Listener - 1))
        {
            Fail(null, "V22: a listener is closed that other workers accept from");
        }

        if (!shadow.Draining && !shadow.Stopped)
        {
            Fail(null, "V22: a listener is closed, but nobody asked for it");
        }

        if (OwnerOf(fd).WasEmpty)
        {
            return; // who comes between the last accept and the close is lost: the kernel has no way to do both at once
        }

        int queued = _simulation.World.FindSocket(fd)!.Queued;
        if (queued > 0 && !shadow.Stopped && !shadow.Kills)
        {
            Fail(null, $"V22: a listener is closed with {queued} connections queued");
        }
    }
}
