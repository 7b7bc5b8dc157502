namespace Lure.Core.Kernel;

/// <summary>What the control plane may ask of a loop.</summary>
public enum CommandKind
{
    None,

    /// <summary>Accept what is queued, close the listeners, let sessions finish until the deadline, then end them.</summary>
    Drain,

    /// <summary>End everything in this turn.</summary>
    Stop,
}

/// <summary>One message of the mailbox.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Deadline">For <see cref="CommandKind.Drain"/>: in the time of <see cref="ISyscalls.Now"/>.</param>
public readonly record struct Command(CommandKind Kind, long Deadline);
