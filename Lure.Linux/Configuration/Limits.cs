namespace Lure.Linux.Configuration;

/// <summary>Ranges of the keys and flags; docs/configuration.md gives the reason of each.</summary>
internal static class Limits
{
    /// <summary>The worker's number is a byte of the end records.</summary>
    public const int WorkersMax = 256;

    /// <summary>Keeps the address space of 256 workers, each with room for all sessions, below the 2^47 bytes of x86-64.</summary>
    public const int MaxConnectionsMax = 1 << 21;

    /// <summary>A pipe for each direction of as many sessions as one worker could serve at that pace.</summary>
    public const int PipesMax = 1 << 12;

    /// <summary>Three bits of a connection's flags.</summary>
    public const int RetriesMax = 7;

    public const int EjectFailuresMax = 1_000;

    public const int WeightMax = 256;

    /// <summary>ns. The smallest unit; a timer of 0 would end every session.</summary>
    public const long TimeLeast = Duration.Millisecond;

    /// <summary>ns.</summary>
    public const long TimeMost = 30 * Duration.Day;

    /// <summary>ns. A worker that looks longer than sleeping could ever cost only burns its CPU.</summary>
    public const long SpinMost = Duration.Millisecond;

    public const int NameLengthMax = 64;

    /// <summary>Bytes of a configuration file: a bound on the work for what is not one, like /dev/zero.</summary>
    public const int FileBytesMax = 1 << 20;
}
