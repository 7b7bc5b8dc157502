using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Actors;
using Lure.Sim.Driving;
using Lure.Sim.Running;
using Lure.Sim.Sockets;

namespace Lure.Sim.Exhaustive;

/// <summary>
/// Takes every choice of a run from a <see cref="ChoiceTree"/>: what the peers do, when the loop sleeps and
/// before the calls that could tell, and how much a receive or a send moves. Choice 0 is always that
/// nothing interferes.
/// </summary>
/// <remarks>
/// A peer acts before calls on its own connection and before waits only: before any other call it would
/// make the same difference as after it. Programs are written while they are done, so what a run came to
/// is a script like any other.
/// </remarks>
internal sealed class ExhaustiveDriver(ChoiceTree tree) : Driver, IServerPrograms
{
    private readonly List<Option> _options = [];
    private readonly Queue<Intervention> _due = new();
    private Simulation _simulation = null!;
    private ExhaustiveScope _scope = null!;
    private Point _point;
    private bool _actsAreOver;
    private bool _limitIsChosen;
    private bool _windsDown;
    private int _interferences;
    private StateHash _turn;

    private readonly record struct Option(Intervention What, Actor? Actor, Step Step);

    public void Begin(Simulation simulation, ExhaustiveScope scope)
    {
        (_simulation, _scope, _point, _windsDown, _turn) = (simulation, scope, default, false, default);
        _interferences = scope.Interferences;
        _due.Clear();
    }

    /// <inheritdoc/>
    public void Write(int server, int ordinal, bool unix, List<Step> program) => program.Add(new Step(Verb.Accept));

    /// <inheritdoc/>
    public override bool Next(in Point point, out Intervention what)
    {
        if (_point != point)
        {
            (_point, _actsAreOver, _limitIsChosen) = (point, false, false);
        }

        what = default;
        switch (point.Moment)
        {
            case Moment.Before:
                return NextDue(out what) || NextAct(point, out what) || NextLimit(point, out what);
            case Moment.After:
                _turn.Add((ulong)point.Kind);
                _turn.Add(_simulation.LastResult);
                return false;
            case Moment.Collect:
                // What the loop does in a turn follows from what it was then, and from the answers since.
                _turn = default;
                _turn.Add(StateOf(default));
                return false;
            case Moment.Idle:
                return NextAtRest(point, out what);
            default:
                return false;
        }
    }

    private bool NextDue(out Intervention what) => _due.TryDequeue(out what);

    private bool NextAct(in Point point, out Intervention what)
    {
        what = default;
        if (_actsAreOver || _windsDown || _interferences == 0)
        {
            return false;
        }

        _options.Clear();
        if (point.Kind == SyscallKind.Wait ? IsAwake(point.Worker) : IsTransfer(point.Kind))
        {
            foreach (Actor actor in _simulation.Cast.Actors)
            {
                if (point.Kind == SyscallKind.Wait || IsAt(actor, point.Fd) || IsOutOfPipe(point))
                {
                    AddOptions(actor);
                }
            }
        }

        int choice = _options.Count == 0 ? 0 : tree.Choose(StateOf(point), 1 + _options.Count);
        if (choice == 0)
        {
            _actsAreOver = true;
            return false;
        }

        _interferences -= _interferences == ExhaustiveScope.NoBound ? 0 : 1;
        Perform(_options[choice - 1]);
        return NextDue(out what);
    }

    private bool NextLimit(in Point point, out Intervention what)
    {
        what = default;
        if (_limitIsChosen || point.Kind is not (SyscallKind.Receive or SyscallKind.Send or SyscallKind.Splice))
        {
            return false;
        }

        _limitIsChosen = true;
        int most = MostBytes(point);
        if (most == 0)
        {
            return false;
        }

        // Whole, nothing, one byte.
        int choice = tree.Choose(StateOf(point), most > 1 ? 3 : 2);
        what = new Intervention(Act.Limit, 0, choice - 1);
        return choice > 0;
    }

    private bool NextAtRest(in Point point, out Intervention what)
    {
        what = default;
        if (_windsDown)
        {
            return false;
        }

        if (FindNewcomer() is { } newcomer)
        {
            what = new Intervention(Act.Step, newcomer.Index);
            return true;
        }

        _options.Clear();
        foreach (Actor actor in _simulation.Cast.Actors)
        {
            AddOptions(actor);
        }

        if (_simulation.Cast.Waiting(0) > 0)
        {
            _options.Add(new Option(new Intervention(Act.Accept), null, default));
        }

        int choice = _options.Count == 0 ? 0 : tree.Choose(StateOf(point), 1 + _options.Count);
        _windsDown = choice == 0;
        if (choice > 0)
        {
            Perform(_options[choice - 1]);
        }

        return NextDue(out what);
    }

    private void Perform(in Option option)
    {
        if (option.Actor is { } actor && option.What.Act == Act.Step && option.Step.Verb != Verb.Connect)
        {
            if (IsNew(actor))
            {
                _due.Enqueue(new Intervention(Act.Step, actor.Index));
            }

            actor.Program.Add(option.Step);
        }

        _due.Enqueue(option.What);
    }

    private void AddOptions(Actor actor)
    {
        if (actor.IsUnborn)
        {
            Add(actor, new Step(Verb.Connect));
            return;
        }

        if (actor.Gone || actor.Socket is not TcpSocket { NeverConnected: false, IsConnecting: false } socket)
        {
            return;
        }

        int piece = (int)System.Math.Min(System.Math.Min(_scope.Piece, _scope.Payload - actor.Sent), socket.RoomToSend);
        bool sends = socket.IsEstablished;
        if (sends && !actor.Finished && piece > 0)
        {
            Add(actor, new Step(Verb.Send, piece));
        }

        if (socket.Readable > 0)
        {
            Add(actor, new Step(Verb.Receive, socket.Readable));
        }

        if (sends && !actor.Finished)
        {
            Add(actor, new Step(Verb.Finish));
        }

        if (socket.State != TcpState.Closed)
        {
            _options.Add(new Option(new Intervention(Act.Reset, actor.Index), actor, default));
        }
    }

    private void Add(Actor actor, Step step) =>
        _options.Add(new Option(new Intervention(Act.Step, actor.Index), actor, step));

    /// <summary>A peer whose connection stands, and who has not said so: the first step of its program moves nothing.</summary>
    private Actor? FindNewcomer()
    {
        foreach (Actor actor in _simulation.Cast.Actors)
        {
            if (IsNew(actor) && actor.Socket is { NeverConnected: false, IsConnecting: false })
            {
                return actor;
            }
        }

        return null;
    }

    private static bool IsNew(Actor actor) => actor is { At: 0, Gone: false, IsUnborn: false };

    private bool IsAwake(int worker)
    {
        ILoopInspection loop = _simulation.Workers.Loop(worker);
        return loop.HasWork || _simulation.Workers.Kernel(worker).HasEvents;
    }

    private static bool IsTransfer(SyscallKind kind) =>
        kind
            is SyscallKind.Receive
                or SyscallKind.Send
                or SyscallKind.Splice
                or SyscallKind.Shutdown
                or SyscallKind.Close
                or SyscallKind.Unacknowledged
                or SyscallKind.ConnectResult;

    private bool IsAt(Actor actor, int fd) =>
        actor.Socket is { } socket && ReferenceEquals(socket.Opposite, _simulation.World.FindSocket(fd));

    private bool IsOutOfPipe(in Point point) =>
        point.Kind == SyscallKind.Splice && _simulation.World.FindSocket(point.Fd) is null;

    /// <summary>More than that the call could not move.</summary>
    private int MostBytes(in Point point)
    {
        if (_simulation.World.FindSocket(point.Fd) is not TcpSocket socket)
        {
            // A splice out of a pipe: where to is not told before it is done.
            return point.Kind == SyscallKind.Splice ? _simulation.Ledger.PipeAt(point.Fd)?.Count ?? 0 : 0;
        }

        if (point.Kind is SyscallKind.Receive or SyscallKind.Splice)
        {
            return socket.Readable;
        }

        bool known = _simulation.Ledger.TryView(point.Fd, out _, out Side side);
        long waits = known ? _simulation.Ledger.WaitingFor(point.Fd, side) : 0;
        return (int)System.Math.Min(waits, socket.RoomToSend);
    }

    private ulong StateOf(in Point point)
    {
        StateHash hash = _turn;
        hash.Add((ulong)point.Moment);
        hash.Add((ulong)point.Kind);
        hash.Add((long)point.Fd);
        hash.Add((long)_interferences);
        hash.Add(_actsAreOver, _windsDown, point.Round > 0);
        AbstractState.Add(_simulation, ref hash);
        return hash.Value;
    }
}
