using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(TestContext.CurrentContext.TestDirectory);

    /// <summary>The C# sources below a folder, in a stable order.</summary>
    public static IReadOnlyList<string> Sources(string folder) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
                .Order(System.StringComparer.Ordinal),
        ];

    private static string Find(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "Lure.sln")))
        {
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException("No Lure.sln above the tests' folder.");
        }

        return folder;
    }
}
