using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lure.Analyzers;

/// <summary>Constructors that stand in the head of a type.</summary>
internal static class PrimaryConstructor
{
    /// <summary>Of a struct without initialisers: it copies its arguments, and no code of a user runs.</summary>
    public static bool OnlyWritesFields(IMethodSymbol constructor) =>
        constructor is { MethodKind: MethodKind.Constructor, ContainingType: { IsValueType: true } type }
        && constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is TypeDeclarationSyntax
        && type.DeclaringSyntaxReferences.All(static part =>
            part.GetSyntax() is TypeDeclarationSyntax declaration && !declaration.Members.Any(HasInitialiser)
        );

    private static bool HasInitialiser(MemberDeclarationSyntax member) =>
        member switch
        {
            _ when member.Modifiers.Any(SyntaxKind.StaticKeyword) || member.Modifiers.Any(SyntaxKind.ConstKeyword) =>
                false,
            FieldDeclarationSyntax field => field.Declaration.Variables.Any(static variable =>
                variable.Initializer is not null
            ),
            EventFieldDeclarationSyntax field => field.Declaration.Variables.Any(static variable =>
                variable.Initializer is not null
            ),
            PropertyDeclarationSyntax property => property.Initializer is not null,
            _ => false,
        };
}
