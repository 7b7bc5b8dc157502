using System;
using System.IO;
using System.Linq;

namespace Lure.Bench.Relays;

/// <summary>Programs of this machine.</summary>
internal static class ProgramFiles
{
    /// <summary>Servers lie in sbin, which an ordinary user's path leaves out.</summary>
    private static readonly string[] s_alsoLookedAt = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

    /// <returns>The path, or null where it is not installed.</returns>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(s_alsoLookedAt)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
