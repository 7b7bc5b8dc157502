namespace Lure.Linux.Commands;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The configuration or the operation was refused; of a simulation: a check failed.</summary>
    public const int Refused = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>Ended early by SIGINT or SIGTERM, as a shell reports it (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
