namespace Lure.Bench.Load;

/// <summary>Which way the bytes of a bulk stream run.</summary>
internal enum BulkDirection
{
    /// <summary>From the backend to the client.</summary>
    Download,

    /// <summary>From the client to the backend.</summary>
    Upload,
}
