namespace Lure.Sim;

/// <summary>What becomes of a connect to an address.</summary>
/// <param name="AtOnce">The call itself gives the answer; else it says -EINPROGRESS.</param>
/// <param name="Error">The errno, positive; 0 leaves it to whether somebody listens.</param>
/// <param name="Delay">ns from the call to the answer, when it is not at once.</param>
public readonly record struct ConnectOutcome(bool AtOnce, int Error, long Delay)
{
    /// <summary>-EINPROGRESS, and by the time of the next wait the listener or its absence has answered: loopback.</summary>
    public static ConnectOutcome Normal => default;

    /// <summary>The SYN is never answered, and no timer of the kernel ends it.</summary>
    public static ConnectOutcome Silent => Delayed(long.MaxValue);

    /// <summary>0 from the call when somebody listens with room in the backlog.</summary>
    public static ConnectOutcome Immediate => new(true, 0, 0);

    /// <summary>Like <see cref="Normal"/>, after a time in ns.</summary>
    public static ConnectOutcome Delayed(long delay) => new(false, 0, delay);

    /// <summary>-EINPROGRESS, and the socket fails later (EHOSTUNREACH, ETIMEDOUT …), after a time in ns.</summary>
    public static ConnectOutcome FailsLater(int error, long delay = 0) => new(false, error, delay);

    /// <summary>The call itself fails: EADDRNOTAVAIL, ENETUNREACH, EACCES, EAGAIN ….</summary>
    public static ConnectOutcome FailsAtOnce(int error) => new(true, error, 0);
}
