using System.Collections.Generic;
using System.IO;
using Lure.Linux.Configuration;
using Lure.Linux.Proof;

namespace Lure.Linux.Commands;

/// <summary>Holds this very binary to what is claimed of its hot path: other compilers than this one's may have allocated nothing.</summary>
internal static class SelfTestCommand
{
    private const int Events = 1_000_000;
    private const int Records = 100_000;

    /// <returns>One of <see cref="ExitCode"/>: <see cref="ExitCode.Done"/> only if every claim holds.</returns>
    public static int Run(TextWriter output) => Report(Claims(), output);

    /// <summary>A line for each claim, as soon as it has been looked into.</summary>
    internal static int Report(IEnumerable<Claim> claims, TextWriter output)
    {
        int exitCode = ExitCode.Done;
        foreach (Claim claim in claims)
        {
            output.WriteLine($"{(claim.Holds ? "ok  " : "FAIL")} {claim.Text}");
            output.Flush();
            exitCode = claim.Holds ? exitCode : ExitCode.Refused;
        }

        return exitCode;
    }

    private static IEnumerable<Claim> Claims()
    {
        yield return MeterProof.Of();
        yield return LoopProof.OfEvents(Events);
        yield return LoopProof.OfFaults(Events);
        foreach (string form in Words.LogFormat.Words)
        {
            yield return LogProof.Of(form, Records);
        }
    }
}
