using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0014: code that nobody calls and that runs all the same.</summary>
internal static class HiddenCodeRule
{
    private const string Id = "LURE0014";
    private const string Title = "Hot path runs hidden code";
    private const string Message = "The hot path {0}; {1}";

    private const string Description =
        "Static constructors run at the first access and are looked for at each; finalizers run on a "
        + "thread of their own and keep their objects alive; thread statics are made when a thread first asks.";

    private const string Page = "docs/analyzers/LURE0014.md";

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

    private const string Initialise = "assign the fields in code that runs at start, marked [ColdPath]";
    private const string ReadAtStart = "read it at start and keep it in a field of an object, or assign it at start";

    public static void CheckMember(HotBody body)
    {
        if (body.Member is not IMethodSymbol method || method.Place() is not { } place)
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

        CheckConstructor(field.ContainingType, operation.Syntax.GetLocation(), body);
        CheckInitialisers(field, operation.Syntax.GetLocation(), body);
    }

    public static void CheckCall(in HotCall call, HotBody body)
    {
        if (call.Target.IsStatic || call.Target.MethodKind == MethodKind.Constructor)
        {
            CheckConstructor(call.Target.ContainingType, call.Place, body);
        }

        if (StaticInitialisers.IsAccess(call.Target))
        {
            CheckInitialisers(call.Target.AssociatedSymbol!, call.Place, body);
        }
    }

    private static void CheckConstructor(INamedTypeSymbol type, Location place, HotBody body)
    {
        INamedTypeSymbol definition = type.OriginalDefinition;
        bool isReportedItself =
            IsInside(definition, body)
            && definition.StaticConstructors.Any(constructor =>
                body.Project.Temperature.IsHot(constructor)
                || SymbolEqualityComparer.Default.Equals(constructor, body.Member)
            );
        if (HasConstructor(definition) && !isReportedItself && !body.AskedInitialisers.Contains(definition))
        {
            body.Report(Descriptor, place, "may run the static constructor of " + Words.Name(type), Initialise);
        }
    }

    // Without a static constructor only an access to a field runs the initialisers, and that of the type's own code is one.
    private static void CheckInitialisers(ISymbol member, Location place, HotBody body)
    {
        INamedTypeSymbol type = member.ContainingType.OriginalDefinition;
        if (HasConstructor(type) || body.AskedInitialisers.Contains(type))
        {
            return; // reported as such, or the initialisers themselves
        }

        if (!type.IsInSource())
        {
            if (!StaticInitialisers.IsQuietElsewhere(member, body.Project))
            {
                body.Report(
                    Descriptor,
                    place,
                    "may run the static initialisers of " + Words.Name(type) + ", which cannot be seen from here",
                    ReadAtStart + ", or allow it in HotPath.Allow.txt"
                );
            }
        }
        else if (
            StaticInitialisers.FirstUnfit(type, body.Project, body.AskedInitialisers, body.Cancellation) is { } unfit
        )
        {
            body.Report(
                Descriptor,
                place,
                "may run the initialiser of the static '" + unfit + "' of " + Words.Name(type),
                ReadAtStart
            );
        }
    }

    private static bool HasConstructor(INamedTypeSymbol type) =>
        type.StaticConstructors.Any(static constructor => !constructor.IsImplicitlyDeclared);

    private static bool IsInside(INamedTypeSymbol type, HotBody body) =>
        SymbolEqualityComparer.Default.Equals(type, body.Member.ContainingType?.OriginalDefinition);
}
