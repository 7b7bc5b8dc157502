using System;

namespace Lure.Bench.Rows;

/// <summary>How a number of workers other than one shows in the names of a row.</summary>
internal static class WorkerText
{
    public static string Suffix(int workers) => workers == 1 ? "" : FormattableString.Invariant($"-w{workers}");

    public static string Words(int workers) => workers == 1 ? "" : FormattableString.Invariant($", {workers} workers");
}
