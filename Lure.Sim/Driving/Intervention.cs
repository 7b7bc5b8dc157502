namespace Lure.Sim.Driving;

/// <summary>What can be made to happen at a moment of a simulation.</summary>
public enum Act : byte
{
    None,

    /// <summary>A peer acts: <see cref="Intervention.Who"/> in the cast, at most <see cref="Intervention.Value"/> bytes.</summary>
    Step,

    /// <summary>A server accepts.</summary>
    Accept,

    /// <summary>Another worker takes a whole turn.</summary>
    Turn,

    /// <summary>The call fails with an errno, positive, without being done.</summary>
    Answer,

    /// <summary>The call moves at most so many bytes; 0 is EAGAIN.</summary>
    Limit,

    /// <summary>The connect fails later with an errno.</summary>
    FailLater,

    /// <summary>The connect is answered by the call itself.</summary>
    AtOnce,

    /// <summary>The connect is answered after so many ms; a negative number is never.</summary>
    Delay,

    /// <summary>The ready item of that place comes first.</summary>
    Order,

    /// <summary>At most so many reports.</summary>
    Truncate,

    /// <summary>A report more, with these bits, about a descriptor that is watched.</summary>
    Report,

    /// <summary>A report more, about a descriptor that was closed.</summary>
    Stale,

    /// <summary>The report of that place loses the bits.</summary>
    Strip,

    /// <summary>So many ms pass at once.</summary>
    Jump,

    /// <summary>The relay's end of a descriptor dies with an errno that its peer does not hear of.</summary>
    Die,

    /// <summary>The worker is told to drain within so many ms; a negative number is to stop.</summary>
    Command,

    /// <summary>A peer's window is closed; its program goes on once it is opened again.</summary>
    Clog,

    /// <summary>A clogged peer reads again.</summary>
    Unclog,

    /// <summary>A server stops to listen, or starts again.</summary>
    ServerDown,
    ServerUp,

    /// <summary>A peer resets, whatever it was doing.</summary>
    Reset,

    /// <summary>The number of descriptors that can be opened beyond those that are.</summary>
    Descriptors,

    /// <summary>
    /// Every server of a backend is ejected at once. Workers that run at the same instant do this, each
    /// to the server that the other takes for usable; workers that take turns never could.
    /// </summary>
    EjectAll,
}

/// <summary>Where in a call something happens.</summary>
public enum Moment : byte
{
    /// <summary>Before the call.</summary>
    Before,

    /// <summary>After it.</summary>
    After,

    /// <summary>A wait is about to take what is ready.</summary>
    Collect,

    /// <summary>A wait is about to report.</summary>
    Report,

    /// <summary>A wait finds nothing, and nothing else is due.</summary>
    Idle,
}

/// <summary>One thing that happens.</summary>
/// <param name="Act">What.</param>
/// <param name="Who">To whom or by whom, where that is not the call's own descriptor.</param>
/// <param name="Value">How much.</param>
public readonly record struct Intervention(Act Act, int Who = 0, long Value = 0);

/// <summary>A moment of a simulation, by the count of the calls of all workers.</summary>
/// <param name="Call">From 1 on.</param>
/// <param name="Moment">Where in it.</param>
/// <param name="Worker">Whose call.</param>
/// <param name="Kind">Which.</param>
/// <param name="Fd">What it is about.</param>
/// <param name="Round">Of a wait: how often it has found nothing so far.</param>
public readonly record struct Point(long Call, Moment Moment, int Worker, SyscallKind Kind, int Fd, int Round = 0);

/// <summary>What happened when.</summary>
public readonly record struct Happening(long Call, Moment Moment, int Round, Intervention What);

/// <summary>Decides what happens at each moment: from a tape, or after a script.</summary>
internal abstract class Driver
{
    /// <summary>Asked again and again at one moment, until it answers false.</summary>
    public abstract bool Next(in Point point, out Intervention what);
}
