using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lure.Analyzers;

/// <summary>LURE0012: who implements or overrides what is hot has to be hot as well.</summary>
internal static class ContractRule
{
    private const string Id = "LURE0012";
    private const string Title = "Implementation of a hot member is not hot";
    private const string Message = "{0} implements {1}, which the hot path may call, {2}; {3}";

    private const string Description =
        "The hot path calls the member of the interface or of the base class and trusts what stands behind it.";

    private const string Page = "docs/analyzers/LURE0012.md";

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

    private const string Mark = "mark it [HotPath], or [ColdPath] with its reason";

    public static void Check(SymbolAnalysisContext context, HotProject project)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface))
        {
            return;
        }

        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (
                method is { IsImplicitlyDeclared: false, OverriddenMethod: { } overridden }
                && IsCalled(overridden, project)
            )
            {
                Judge(method, overridden, type, context, project);
            }
        }

        foreach (INamedTypeSymbol contract in type.AllInterfaces)
        {
            foreach (IMethodSymbol member in contract.GetMembers().OfType<IMethodSymbol>())
            {
                if (
                    IsCalled(member, project)
                    && type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation
                    && !SymbolEqualityComparer.Default.Equals(implementation, member)
                )
                {
                    Judge(implementation, member, type, context, project);
                }
                else if (IsHot(member, project) && IsLeftToDefault(member, type))
                {
                    Report(
                        context,
                        type.Locations[0],
                        Words.Name(type),
                        member,
                        "by its default, which boxes",
                        "write the member"
                    );
                }
            }
        }
    }

    private static bool IsHot(IMethodSymbol member, HotProject project) =>
        project.Temperature.IsHot(member.OriginalDefinition);

    // By hot code, directly or as a door that is open to it.
    private static bool IsCalled(IMethodSymbol member, HotProject project) =>
        IsHot(member, project)
        || (
            project.Temperature.IsCold(member.OriginalDefinition)
            && Temperature.PerTurnMax(member.OriginalDefinition) != 0
        );

    // A default takes the interface as its instance, so a struct is put into an object for it.
    private static bool IsLeftToDefault(IMethodSymbol member, INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Struct
        && member is { IsStatic: false, IsAbstract: false, IsVirtual: true }
        && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), member);

    private static void Judge(
        IMethodSymbol implementation,
        IMethodSymbol member,
        INamedTypeSymbol type,
        SymbolAnalysisContext context,
        HotProject project
    )
    {
        bool isDefault =
            implementation.ContainingType.TypeKind == TypeKind.Interface
            && type.TypeKind == TypeKind.Struct
            && !implementation.IsStatic;
        IMethodSymbol definition = implementation.OriginalDefinition;
        project.Calls.AddImplementation(member, implementation);
        if (isDefault && IsHot(member, project))
        {
            Report(
                context,
                type.Locations[0],
                Words.Name(type),
                member,
                "by a default, which boxes",
                "write the member"
            );
        }
        else if (project.Temperature.IsCold(definition))
        {
            JudgeDoor(implementation, member, type, context, project);
        }
        else if (IsHot(member, project) && !project.Temperature.IsHot(definition))
        {
            Report(context, PlaceOf(implementation, type), Words.Name(implementation), member, "and is not hot", Mark);
        }
    }

    private static void JudgeDoor(
        IMethodSymbol door,
        IMethodSymbol member,
        INamedTypeSymbol type,
        SymbolAnalysisContext context,
        HotProject project
    )
    {
        if (Callee.IsAutomatic(door.OriginalDefinition))
        {
            return; // reads or writes a field
        }

        if (Temperature.PerTurnMax(door.OriginalDefinition) != 0)
        {
            project.Calls.AddDoor(door.OriginalDefinition);
        }
        else
        {
            Report(
                context,
                PlaceOf(door, type),
                Words.Name(door),
                member,
                "and runs only outside of turns (perTurnMax: 0)",
                "state how often one turn may run it"
            );
        }
    }

    // What is inherited is reported where the contract was taken on.
    private static Location PlaceOf(IMethodSymbol implementation, INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(implementation.ContainingType, type)
            ? implementation.OriginalDefinition.Place() ?? type.Locations[0]
            : type.Locations[0];

    private static void Report(
        SymbolAnalysisContext context,
        Location place,
        string who,
        IMethodSymbol member,
        string how,
        string cure
    ) => context.ReportDiagnostic(Diagnostic.Create(Descriptor, place, who, Words.Name(member), how, cure));
}
