namespace Lure.Sim.Actors;

/// <summary>What a peer does next: one letter of the script language (docs/simulation.md).</summary>
public enum Verb : byte
{
    /// <summary>C: connects.</summary>
    Connect,

    /// <summary>A: is accepted. Stands for itself at the head of a server's program.</summary>
    Accept,

    /// <summary>S n: sends n bytes of its stream.</summary>
    Send,

    /// <summary>X n: sends n bytes of its stream with a descriptor beside them (SCM_RIGHTS); of a TCP peer like S.</summary>
    SendRights,

    /// <summary>R n: reads n bytes, or to the end if that comes first; R alone reads to the end.</summary>
    Receive,

    /// <summary>E: sends back as many bytes as it reads, until the end.</summary>
    Echo,

    /// <summary>F: sends a FIN, shutdown(SHUT_WR).</summary>
    Finish,

    /// <summary>r: reads no more, shutdown(SHUT_RD).</summary>
    StopReading,

    /// <summary>G: the close that follows resets, SO_LINGER {1, 0}.</summary>
    LingerOff,

    /// <summary>K: closes.</summary>
    Close,

    /// <summary>P n: does nothing for n ms.</summary>
    Pause,

    /// <summary>I: waits until there is something to read, an end included.</summary>
    WaitInput,

    /// <summary>O: waits until all that it sent is acknowledged.</summary>
    WaitOutput,

    /// <summary>Z n: holds at most n unread bytes from now on: its window.</summary>
    Window,

    /// <summary>H: what it sends stays on the way; h lets it through.</summary>
    Hold,

    /// <summary>h.</summary>
    Release,

    /// <summary>U: sends one urgent byte, which is not part of its stream (MSG_OOB). At most one a peer: a second would make the first an ordinary byte (tcp_check_urg).</summary>
    Urgent,
}

/// <summary>One step of a peer's program.</summary>
/// <param name="Verb">What.</param>
/// <param name="Count">Bytes, or ms; 0 where the verb has no number.</param>
/// <param name="Expected">What has to come of it, of a step that reads.</param>
public readonly record struct Step(Verb Verb, int Count = 0, ReadExpectation Expected = default);

/// <summary>What a step that reads has to come to; null leaves it open.</summary>
/// <param name="Bytes">So many, no more and no fewer.</param>
/// <param name="End">How the relay ended its stream.</param>
public readonly record struct ReadExpectation(long? Bytes, PeerEnd? End);
