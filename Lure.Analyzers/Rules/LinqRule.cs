using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0015: LINQ, as a query or as calls.</summary>
internal static class LinqRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "LURE0015",
        "Hot path uses LINQ",
        "The hot path uses LINQ by {0}; write the loop",
        "HotPath",
        DiagnosticSeverity.Error,
        isEnabledByDefault: RuleTags.AlwaysOn,
        description: "Every operator of LINQ makes an enumerator, and most make a delegate and a closure.",
        helpLinkUri: "docs/analyzers/LURE0015.md",
        customTags: RuleTags.NoWayAround
    );

    public static bool CheckQuery(IOperation operation, HotBody body)
    {
        if (operation is not ITranslatedQueryOperation)
        {
            return false;
        }

        body.Report(Descriptor, operation, "a query");
        return true;
    }

    public static bool Refuses(in HotCall call, HotBody body)
    {
        if (!IsLinq(call.Target.ContainingNamespace))
        {
            return false;
        }

        body.Report(Descriptor, call.Place, Words.Name(call.Target));
        return true;
    }

    private static bool IsLinq(INamespaceSymbol? space) =>
        space is not null
        && (
            (
                string.Equals(space.Name, "Linq", StringComparison.Ordinal)
                && space.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
            ) || IsLinq(space.ContainingNamespace)
        );
}
