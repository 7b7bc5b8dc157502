using System;
using System.IO;

namespace Lure.Tests;

/// <summary>The checkout that the tests were built from, found from where they run: paths of the compiler are not real in a CI build.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <param name="parts">Below the root.</param>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Lure.sln"))
            ? folder
            : Find(
                Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no Lure.sln above the tests")
            );
}
