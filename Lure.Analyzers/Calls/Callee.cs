using System.Linq;
using Microsoft.CodeAnalysis;

namespace Lure.Analyzers;

/// <summary>Why a hot path may not call a method, and what to write instead.</summary>
internal sealed class Callee(string why, string instead)
{
    public string Why { get; } = why;

    public string Instead { get; } = instead;

    /// <returns>Null when it may be called.</returns>
    public static Callee? Judge(IMethodSymbol method, HotProject project)
    {
        IMethodSymbol definition = method.OriginalDefinition;
        if (definition is { IsImplicitlyDeclared: true, MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true })
        {
            return null; // of a struct: writes zeros
        }

        if (ForeignCode.IsExtern(definition))
        {
            return project.Allowed.Allows(method, project) ? null : ForeignCode.Judge(definition);
        }

        if (definition.IsImplicitlyDeclared && definition.ContainingType is { IsRecord: true })
        {
            return RecordMember.Judge(method, project);
        }

        if (
            project.Temperature.IsCold(definition)
            && !IsAutomatic(definition)
            && Temperature.PerTurnMax(definition) == 0
        )
        {
            return new(
                "runs only outside of turns (perTurnMax: 0)",
                "call it at start, from code marked [ColdPath] itself, or state how often one turn may run it"
            );
        }

        if (
            project.Temperature.IsHot(definition)
            || project.Temperature.IsCold(definition)
            || IsAutomatic(definition)
            || PrimaryConstructor.OnlyWritesFields(definition)
            || project.Allowed.Allows(method, project)
        )
        {
            return null;
        }

        return definition.IsInSource()
            ? new("is not hot", "mark it [HotPath], or [ColdPath] with its reason")
            : new(
                "is neither hot nor on the allow-list",
                "write it by hand, or allow it in HotPath.Allow.txt with the reason why it allocates nothing"
            );
    }

    /// <summary>An accessor that the compiler wrote: it reads or writes a field.</summary>
    public static bool IsAutomatic(IMethodSymbol method)
    {
        if (method.AssociatedSymbol is not IPropertySymbol { IsIndexer: false } property || method.IsAbstract)
        {
            return false;
        }

        if (property.IsInSource())
        {
            return IsAutomaticSource(method, property);
        }

        return method
            .GetAttributes()
            .Any(static attribute =>
                attribute.AttributeClass
                    is {
                        MetadataName: "CompilerGeneratedAttribute",
                        ContainingNamespace: { Name: "CompilerServices", ContainingNamespace.Name: "Runtime" }
                    }
            );
    }

    private static bool IsAutomaticSource(IMethodSymbol accessor, IPropertySymbol property)
    {
        IPropertySymbol written = property.PartialImplementationPart ?? property;
        bool hasField = property
            .ContainingType.GetMembers()
            .OfType<IFieldSymbol>()
            .Any(field =>
                SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)
                || SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, written)
            );
        IMethodSymbol body = accessor.PartialImplementationPart ?? accessor;
        return hasField
            && body.DeclaringSyntaxReferences.All(static reference =>
                reference.GetSyntax()
                    is not (
                        Microsoft.CodeAnalysis.CSharp.Syntax.AccessorDeclarationSyntax { Body: not null }
                        or Microsoft.CodeAnalysis.CSharp.Syntax.AccessorDeclarationSyntax { ExpressionBody: not null }
                        or Microsoft.CodeAnalysis.CSharp.Syntax.ArrowExpressionClauseSyntax
                    )
            );
    }
}
