using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lure.Analyzers;

/// <summary>LURE0017: state that outlives a run, where one seed has to give the same run again.</summary>
internal static class MutableStaticRule
{
    private const string Id = "LURE0017";
    private const string Category = "Determinism";
    private const string Title = "Deterministic code keeps static state";
    private const string Message = "The static {0} {1}; {2}";

    private const string Description =
        "Static state survives from one run to the next and is shared by runs side by side. It is asked for "
        + "only in projects that set LureDeterminism to enable.";

    private const string Page = "docs/analyzers/LURE0017.md";

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        Title,
        Message,
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: RuleTags.AlwaysOn,
        Description,
        Page,
        customTags: RuleTags.NoWayAround
    );

    private const string Own = "make it part of an object that is made for each run";

    public static void Check(SymbolAnalysisContext context)
    {
        switch (context.Symbol)
        {
            case IFieldSymbol { IsStatic: true, IsConst: false, IsImplicitlyDeclared: false } field:
                OfField(field, context);
                break;
            case IPropertySymbol { IsStatic: true, SetMethod: not null } property when HasField(property):
                Report(context, property, "can be set", Own);
                break;
            case IEventSymbol { IsStatic: true } declared when HasField(declared):
                Report(context, declared, "keeps its subscribers", Own);
                break;
        }
    }

    private static void OfField(IFieldSymbol field, SymbolAnalysisContext context)
    {
        if (field.ContainingType.TypeKind == TypeKind.Enum)
        {
            return;
        }

        if (!field.IsReadOnly)
        {
            Report(context, field, "can be written", Own + ", or make it readonly");
        }
        else if (field.Type is IArrayTypeSymbol)
        {
            Report(
                context,
                field,
                "is an array, whose elements can be written",
                "make it a property ReadOnlySpan<T> => [...]"
            );
        }
        else if (IsMutableCollection(field.Type))
        {
            Report(context, field, "is a collection that can be written", "use a frozen or an immutable one");
        }
    }

    private static bool HasField(ISymbol member) =>
        member
            .ContainingType.GetMembers()
            .OfType<IFieldSymbol>()
            .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, member))
        || member is IEventSymbol { AddMethod.IsImplicitlyDeclared: true };

    private static bool IsMutableCollection(ITypeSymbol type) =>
        type.ContainingNamespace is { Name: "Generic" or "Concurrent" or "Collections" } space
        && type.TypeKind == TypeKind.Class
        && (space.Name == "Collections" || space.ContainingNamespace is { Name: "Collections" })
        && !type.Name.EndsWith("Comparer", System.StringComparison.Ordinal);

    private static void Report(SymbolAnalysisContext context, ISymbol symbol, string what, string instead) =>
        context.ReportDiagnostic(
            Diagnostic.Create(Descriptor, symbol.Locations[0], "'" + symbol.Name + "'", what, instead)
        );
}
