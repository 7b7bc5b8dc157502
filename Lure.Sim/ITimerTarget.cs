namespace Lure.Sim;

/// <summary>
/// What a <see cref="Clock"/> wakes. An interface and a number instead of a delegate: a closure for
/// each connect would be garbage for each connect.
/// </summary>
internal interface ITimerTarget
{
    /// <summary>The time has come.</summary>
    /// <param name="ticket">What was given when it was scheduled: who was used again since knows by it.</param>
    void TimerIsDue(long ticket);
}
