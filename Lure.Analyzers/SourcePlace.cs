using System.Linq;
using Microsoft.CodeAnalysis;

namespace Lure.Analyzers;

/// <summary>Where a symbol is written.</summary>
internal static class SourcePlace
{
    /// <summary>Whether it is part of the compilation, and not of what that refers to.</summary>
    public static bool IsInSource(this ISymbol symbol) => symbol.Locations.Any(static location => location.IsInSource);

    /// <summary>Its first place; null where the compiler made it and gave it none.</summary>
    public static Location? Place(this ISymbol symbol) => symbol.Locations.FirstOrDefault();
}
