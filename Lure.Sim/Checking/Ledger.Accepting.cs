using Lure.Core.Kernel;
using Lure.Sim.Faults;
using Lure.Sim.Sockets;

namespace Lure.Sim.Checking;

/// <content>Connections that are accepted, and the pauses when none can be.</content>
internal sealed partial class Ledger
{
    private void AfterAccept(int worker, int listener, int result)
    {
        if (result < 0)
        {
            NoteAcceptError(worker, listener, -result);
            return;
        }

        OwnerOf(listener).WasEmpty = false;
        StreamSocket socket = _simulation.World.FindSocket(result)!;
        SessionShadow session = AddSession();
        session.Worker = worker;
        session.Listener = OwnerOf(listener).Listener - 1;
        session.Client = _simulation.Cast.FindClient(socket.Tag);
        (session[Side.Client].Fd, session[Side.Client].IsUnix) = (result, socket is UnixSocket);
        session.Address = socket.Remote;
        _atListener[session.Listener]++;
        (session.AcceptedAt, session.MovedAt) = (_workers[worker].Now, _workers[worker].Now);
        OwnerOf(result) = new Owner
        {
            Session = session,
            Side = Side.Client,
            Worker = worker,
        };
        _clientsOpen++;
        CheckLimits();
        if (++_workers[worker].AcceptsInTurn > _simulation.Plan.Loop.AcceptsPerTurn * _simulation.Plan.Fronts.Length)
        {
            Fail(null, $"V13: {_workers[worker].AcceptsInTurn} connections are accepted in one turn");
        }

        if (session.Client is null)
        {
            Fail(session, "the fake kernel accepted a connection that no client made");
        }
    }

    private void NoteAcceptError(int worker, int listener, int errno)
    {
        AcceptFate fate = ErrnoClasses.OfAccept(errno);
        OwnerOf(listener).WasEmpty = fate == AcceptFate.Empty;
        if (fate is not AcceptFate.Empty)
        {
            Census(errno == Errno.Interrupted ? Fault.Interruption : Fault.AcceptError);
        }

        if (fate == AcceptFate.Pause)
        {
            int number = OwnerOf(listener).Listener;
            while (_workers[worker].PausedUntil.Count < number)
            {
                _workers[worker].PausedUntil.Add(0);
            }

            _workers[worker].PausedUntil[number - 1] = _workers[worker].Now + _simulation.Plan.Loop.AcceptPause;
            _workers[worker].PausesDue.Enqueue((number - 1, errno));
        }
    }

    /// <summary>V18: who ran out of descriptors leaves the queue alone for a while.</summary>
    private void CheckAccept(int worker, int listener)
    {
        int number = OwnerOf(listener).Listener;
        if (number == 0)
        {
            Fail(null, $"V6: accept on descriptor {listener}, which does not listen");
            return;
        }

        WorkerShadow shadow = _workers[worker];
        if (number <= shadow.PausedUntil.Count && shadow.Now < shadow.PausedUntil[number - 1])
        {
            Fail(null, $"V18: accept again {shadow.PausedUntil[number - 1] - shadow.Now} ns before the pause is over");
        }
    }

    private void NoteAcceptPause(int worker, int number)
    {
        while (_workers[worker].PausedUntil.Count < number)
        {
            _workers[worker].PausedUntil.Add(0);
        }
    }
}
