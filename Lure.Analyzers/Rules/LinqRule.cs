using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0015: LINQ, as a query or as calls.</summary>
internal static class LinqRule
{
    private const string Id = "LURE0015";
    private const string Title = "Hot path uses LINQ";
    private const string Message = "The hot path uses LINQ by {0}; write the loop";

    private const string Description =
        "Every operator of LINQ makes an enumerator, and most make a delegate and a closure.";

    private const string Page = "docs/analyzers/LURE0015.md";

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        Title,
        Message,
        RuleTags.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: RuleTags.AlwaysOn,
        Description,
        Page,
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
