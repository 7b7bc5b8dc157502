using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0014: code that nobody calls and that runs all the same.</summary>
internal static class HiddenCodeRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "LURE0014",
        "Hot path runs hidden code",
        "The hot path {0}; {1}",
        "HotPath",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Static constructors run at the first access and are looked for at each; finalizers run on a "
            + "thread of their own and keep their objects alive; thread statics are made when a thread first asks.",
        helpLinkUri: "docs/analyzers/LURE0014.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable
    );

    private const string Initialise = "give the fields their values where they are declared";

    public static void CheckMember(HotBody body)
    {
        if (body.Member is not IMethodSymbol method || method.Locations.FirstOrDefault() is not { } place)
        {
            return;
        }

        if (method.MethodKind == MethodKind.StaticConstructor)
        {
            body.Report(Descriptor, place, "has a static constructor", Initialise);
        }
        else if (method.MethodKind == MethodKind.Destructor)
        {
            body.Report(Descriptor, place, "has a finalizer", "free what is held where its owner ends");
        }
    }

    public static void Check(IOperation operation, HotBody body)
    {
        if (operation is not IFieldReferenceOperation { Field: { IsStatic: true, IsConst: false } field })
        {
            return;
        }

        if (
            field
                .GetAttributes()
                .Any(static attribute =>
                    attribute.AttributeClass
                        is { MetadataName: "ThreadStaticAttribute", ContainingNamespace.Name: "System" }
                )
        )
        {
            body.Report(
                Descriptor,
                operation,
                "uses the thread static '" + field.Name + "'",
                "pass it as an argument, or keep it in the worker's own object"
            );
        }

        CheckType(field.ContainingType, operation.Syntax.GetLocation(), body);
    }

    public static void CheckCall(in HotCall call, HotBody body)
    {
        if (call.Target.IsStatic || call.Target.MethodKind == MethodKind.Constructor)
        {
            CheckType(call.Target.ContainingType, call.Place, body);
        }
    }

    private static void CheckType(INamedTypeSymbol type, Location place, HotBody body)
    {
        INamedTypeSymbol definition = type.OriginalDefinition;
        if (
            definition.StaticConstructors.Any(static constructor => !constructor.IsImplicitlyDeclared)
            && !SymbolEqualityComparer.Default.Equals(definition, body.Member.ContainingType?.OriginalDefinition)
        )
        {
            body.Report(Descriptor, place, "may run the static constructor of " + Words.Name(type), Initialise);
        }
    }
}
