using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lure.Analyzers;

/// <summary>LURE0016: the door out of a hot path is open only to who says why and how often.</summary>
internal static class DoorRule
{
    private const string Id = "LURE0016";
    private const string Title = "Door out of the hot path without a reason";
    private const string Message = "[ColdPath] {0}";

    private const string Description =
        "[ColdPath(\"reason\", perTurnMax: n)] is an admission: it says why the code need not be hot, and "
        + "how often one turn of the loop may run it.";

    private const string Page = "docs/analyzers/LURE0016.md";

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

    public static void Check(SyntaxNodeAnalysisContext context)
    {
        AttributeSyntax attribute = (AttributeSyntax)context.Node;
        if (
            attribute.ArgumentList is not { Arguments: var arguments }
            || context.SemanticModel.GetSymbolInfo(attribute).Symbol is not IMethodSymbol constructor
        )
        {
            return;
        }

        if (constructor.ContainingType.Name == "SuppressMessageAttribute")
        {
            CheckSuppression(context, attribute);
            return;
        }

        if (!Temperature.IsColdAttribute(constructor.ContainingType))
        {
            return;
        }

        for (int i = 0; i < arguments.Count; i++)
        {
            string name =
                arguments[i].NameColon?.Name.Identifier.ValueText
                ?? constructor.Parameters.ElementAtOrDefault(i)?.Name
                ?? "";
            object? value = context.SemanticModel.GetConstantValue(arguments[i].Expression).Value;
            if (name == "reason" && string.IsNullOrWhiteSpace(value as string))
            {
                Report(context, arguments[i], "needs a reason: why need this not be hot?");
            }
            else if (name == "perTurnMax" && value is int and < 0)
            {
                Report(context, arguments[i], "needs a bound: how often may one turn run this? 0 for never");
            }
        }
    }

    // It would be a door that says nothing of why and how often.
    private static void CheckSuppression(SyntaxNodeAnalysisContext context, AttributeSyntax attribute)
    {
        foreach (AttributeArgumentSyntax argument in attribute.ArgumentList!.Arguments)
        {
            if (
                context.SemanticModel.GetConstantValue(argument.Expression).Value is string id
                && id.StartsWith("LURE", System.StringComparison.Ordinal)
            )
            {
                context.ReportDiagnostic(
                    Diagnostic.Create(
                        Descriptor,
                        argument.GetLocation(),
                        "is the door; a suppression gives no reason and no bound"
                    )
                );
            }
        }
    }

    private static void Report(SyntaxNodeAnalysisContext context, SyntaxNode place, string what) =>
        context.ReportDiagnostic(Diagnostic.Create(Descriptor, place.GetLocation(), what));
}
