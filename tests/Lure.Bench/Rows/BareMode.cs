namespace Lure.Bench.Rows;

/// <summary>How the bare loop carries the bytes of a row: as is best for that load.</summary>
internal enum BareMode
{
    Copy,

    /// <summary>It also looks for events for 50 µs before it sleeps.</summary>
    CopyAndSpin,

    Splice,
}
