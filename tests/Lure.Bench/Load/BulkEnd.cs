namespace Lure.Bench.Load;

/// <summary>One end of a bulk stream: that of the client, or that of the backend.</summary>
internal struct BulkEnd
{
    public int Fd;

    /// <summary>Which stream of the load; known to a backend's end when its first bytes came.</summary>
    public int Stream;

    /// <summary>It sends; the other end of the stream does not.</summary>
    public bool Sends;

    /// <summary>Bytes of the header that were sent or received.</summary>
    public int Header;

    /// <summary>Bytes of the stream that were sent or received.</summary>
    public long Position;

    /// <summary>The socket took less than it was given: it will report itself.</summary>
    public bool Blocked;
}
