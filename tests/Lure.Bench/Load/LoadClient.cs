namespace Lure.Bench.Load;

/// <summary>One connection of the generator.</summary>
internal struct LoadClient
{
    public int Fd;

    /// <summary>The number of the message, so that each has bytes of its own.</summary>
    public uint Message;

    /// <summary>Bytes of the message that were sent.</summary>
    public int Sent;

    /// <summary>Bytes of the message that came back.</summary>
    public int Received;

    /// <summary>ns, when the message was begun.</summary>
    public long SentAt;

    /// <summary>A message is on its way.</summary>
    public bool Busy;
}
