using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lure.Analyzers;

/// <summary>LURE0011: the hot path is closed: it calls only what is hot, or allowed with a reason.</summary>
internal static class ClosureRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "LURE0011",
        "Hot path calls what is not hot",
        "The hot path calls {0}, which {1}; {2}",
        "HotPath",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A body without an allocation proves nothing as long as it may call anything. Accessors, "
            + "operators, conversions, constructors, Dispose, GetEnumerator, Deconstruct, indexers and the handlers "
            + "of interpolated strings count as calls.",
        helpLinkUri: "docs/analyzers/LURE0011.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable
    );

    public static bool Refuses(in HotCall call, Callee? refusal, HotBody body)
    {
        if (refusal is null)
        {
            return false;
        }

        body.Report(Descriptor, call.Place, Words.Name(call.Target), refusal.Why, refusal.Instead);
        return true;
    }

    /// <summary>A constructor that names none calls the one of its base class.</summary>
    public static void CheckImplicitBase(HotBody body)
    {
        if (
            body.Member
                is not IMethodSymbol
                {
                    MethodKind: MethodKind.Constructor,
                    ContainingType: { TypeKind: TypeKind.Class } type
                }
            || body.Member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
                is not ConstructorDeclarationSyntax { Initializer: null } syntax
        )
        {
            return;
        }

        IMethodSymbol? inherited = type.BaseType?.InstanceConstructors.FirstOrDefault(static constructor =>
            constructor.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams)
        );
        if (
            inherited is { ContainingType.SpecialType: not SpecialType.System_Object, IsImplicitlyDeclared: false }
            && body.Project.Refusal(inherited) is { } refusal
        )
        {
            body.Report(
                Descriptor,
                syntax.Identifier.GetLocation(),
                Words.Name(inherited),
                refusal.Why,
                refusal.Instead
            );
        }
    }
}
