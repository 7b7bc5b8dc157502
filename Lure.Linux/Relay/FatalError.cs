using System;
using System.Text;
using Lure.Core;
using Tmds.Linux;

namespace Lure.Linux.Relay;

/// <summary>The end of a process whose memory cannot be trusted any more.</summary>
internal static unsafe class FatalError
{
    private const int StandardError = 2;
    private const int RefusedExitCode = 1;

    /// <summary>
    /// One line on stderr, and no exit handlers: they would run on the memory that is in doubt.
    /// Ending all sessions is better than giving one client's bytes to another.
    /// </summary>
    public static void End(int worker, Exception failure)
    {
        ReadOnlySpan<byte> line = Encoding.UTF8.GetBytes(Describe(worker, failure) + "\n");
        fixed (byte* text = line)
        {
            _ = LibC.write(StandardError, text, line.Length);
        }

        LibC._exit(RefusedExitCode);
    }

    /// <summary>Never a stack trace: it would help nobody who runs a relay.</summary>
    internal static string Describe(int worker, Exception failure)
    {
        string what =
            failure is CorruptionException
                ? $"found its own state damaged ({failure.Message})"
                : $"met a defect ({failure.GetType().Name}: {failure.Message})";
        return $"lure: worker {worker} {what.ReplaceLineEndings(" ")}; all sessions are ended, because none can be trusted. "
            + "Please report this line.";
    }
}
