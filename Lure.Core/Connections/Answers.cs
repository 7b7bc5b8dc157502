namespace Lure.Core.Connections;

/// <summary>What a read said.</summary>
public enum Reading
{
    /// <summary>Fewer bytes than asked for.</summary>
    Partial,

    /// <summary>As many as asked for.</summary>
    Filled,

    /// <summary>EAGAIN.</summary>
    Nothing,

    /// <summary>0: the end of the stream, or what is left of an error that somebody else was given.</summary>
    End,

    /// <summary>The one-shot error.</summary>
    Failed,

    /// <summary>The one-shot error, told by a call that may have left bytes unread before it.</summary>
    FailedEarly,
}

/// <summary>What a write said.</summary>
public enum Writing
{
    /// <summary>Nothing is left.</summary>
    All,

    /// <summary>Some or all is left: the kernel has no room and will say when it has.</summary>
    Blocked,

    /// <summary>Some is left, and nothing is said about room: a splice ends short at a signal too.</summary>
    Some,

    /// <summary>The one-shot error, or EPIPE after it.</summary>
    Failed,
}
