using System;
using System.IO;

namespace Lure.Bench.Relays;

/// <summary>The working tree that this program was built in.</summary>
internal static class Repository
{
    private const string Solution = "Lure.sln";

    /// <summary>Null when the program was taken elsewhere.</summary>
    public static string? Root { get; } = Find();

    private static string? Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Solution)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
