using System;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lure.Analyzers;

/// <summary>Properties of a project that say <c>enable</c> or <c>disable</c>, as <c>Nullable</c> does.</summary>
internal static class ProjectSwitch
{
    public static bool IsEnabled(this AnalyzerConfigOptions options, string name) => Is(options, name, "enable");

    public static bool IsDisabled(this AnalyzerConfigOptions options, string name) => Is(options, name, "disable");

    private static bool Is(AnalyzerConfigOptions options, string name, string expected) =>
        options.TryGetValue(name, out string? value)
        && string.Equals(value, expected, StringComparison.OrdinalIgnoreCase);
}
