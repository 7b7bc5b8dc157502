using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lure.Tests;

namespace Lure.Analyzers.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root => Checkout.Root;

    /// <summary>The C# sources below a folder, in a stable order.</summary>
    public static IReadOnlyList<string> Sources(string folder) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
                .Order(System.StringComparer.Ordinal),
        ];
}
