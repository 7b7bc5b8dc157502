using Microsoft.CodeAnalysis;

namespace Lure.Analyzers;

/// <summary>Symbols as the messages name them.</summary>
internal static class Words
{
    private static readonly SymbolDisplayFormat Member = SymbolDisplayFormat.CSharpShortErrorMessageFormat;

    public static string Name(ITypeSymbol? type) =>
        "'" + (type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "?") + "'";

    /// <summary>A property for its accessors, which nobody calls by their names.</summary>
    public static string Name(IMethodSymbol method) =>
        "'"
        + (method.AssociatedSymbol is IPropertySymbol property ? property : (ISymbol)method).ToDisplayString(Member)
        + "'";
}
