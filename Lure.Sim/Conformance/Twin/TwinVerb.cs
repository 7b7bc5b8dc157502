namespace Lure.Sim.Conformance.Twin;

/// <summary>What happens to a relay from outside; a client's end has a small letter, the server's end of its session the large one.</summary>
public enum TwinVerb
{
    /// <summary>connect a: a client connects to the relay.</summary>
    Connect,

    /// <summary>send x bytes: one send(2).</summary>
    Send,

    /// <summary>read x bytes: one recv(2).</summary>
    Read,

    /// <summary>drain x: reads until nothing comes any more.</summary>
    Drain,

    /// <summary>bulk x bytes: as many go from x to the other end, which reads as they come.</summary>
    Bulk,

    /// <summary>flood x bytes: sends pieces of that size until the relay and all buffers are full.</summary>
    Flood,

    /// <summary>finish x: shutdown(2) of writing.</summary>
    Finish,

    /// <summary>deafen x: shutdown(2) of reading.</summary>
    Deafen,

    /// <summary>close x: close(2).</summary>
    Close,

    /// <summary>reset x: SO_LINGER 0, then close(2).</summary>
    Reset,

    /// <summary>poll x: poll(2), the mask.</summary>
    Poll,

    /// <summary>down n: server n (1 or 2) refuses from now on.</summary>
    Down,

    /// <summary>up n: server n listens again.</summary>
    Up,

    /// <summary>leave: the relay takes no more clients and lets its sessions finish.</summary>
    Leave,

    /// <summary>stop: the relay ends all at once.</summary>
    Stop,
}
