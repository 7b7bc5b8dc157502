namespace Lure.EndToEnd.Tests.Peers;

/// <summary>How a stream ended for its reader.</summary>
internal enum StreamEnd
{
    /// <summary>By a FIN: the sender said that this was all.</summary>
    Fin,

    /// <summary>By a reset: the stream was cut.</summary>
    Reset,
}

/// <summary>What a reader got before its stream ended, every byte of it checked, and how it ended.</summary>
internal readonly record struct Received(long Bytes, StreamEnd End);
