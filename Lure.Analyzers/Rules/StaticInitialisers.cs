using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lure.Analyzers;

/// <summary>
/// What the first access to a static field runs: the initialisers of all static fields of its type. They are harmless
/// where hot code would be allowed to do the same.
/// </summary>
internal static class StaticInitialisers
{
    /// <returns>The name of a static whose initialiser does what no hot code may; null when there is none.</returns>
    /// <remarks>The type is a definition in source. Types that were asked before led here by their own initialisers.</remarks>
    public static string? FirstUnfit(
        INamedTypeSymbol type,
        HotProject project,
        ImmutableHashSet<ISymbol> asked,
        CancellationToken cancellation
    )
    {
        if (project.Initialisers.TryGetValue(type, out string? known))
        {
            return known;
        }

        string? unfit = null;
        foreach (ISymbol member in type.GetMembers())
        {
            cancellation.ThrowIfCancellationRequested();
            // What is hot itself is reported where it stands.
            if (
                IsStored(member)
                && !project.Temperature.IsHot(member)
                && !HasQuietValue(member, project, asked.Add(type), cancellation)
            )
            {
                unfit = member.Name;
                break;
            }
        }

        // In a circle of types only the first to be asked knows the answer for all.
        if (asked.IsEmpty)
        {
            project.Initialisers.TryAdd(type, unfit);
        }

        return unfit;
    }

    private static bool IsStored(ISymbol member) =>
        member is { IsStatic: true, IsImplicitlyDeclared: false }
        && member is IFieldSymbol { IsConst: false } or IPropertySymbol or IEventSymbol;

    private static bool HasQuietValue(
        ISymbol member,
        HotProject project,
        ImmutableHashSet<ISymbol> asked,
        CancellationToken cancellation
    )
    {
        foreach (SyntaxReference declaration in member.DeclaringSyntaxReferences)
        {
            EqualsValueClauseSyntax? value = declaration.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (
                value is not null
                && project.ModelOf(value.SyntaxTree).GetOperation(value, cancellation) is { } operation
                && !HotBody.IsQuiet(member, operation, project, asked, cancellation)
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the first access to a static of another assembly is known to run nothing.</summary>
    public static bool IsQuietElsewhere(ISymbol member, HotProject project) =>
        // Hot initialisers were judged where they were compiled.
        project.Temperature.IsHot(member.ContainingType.OriginalDefinition)
        || (member is IFieldSymbol field && project.Allowed.Allows(field));

    /// <summary>Whether an accessor is that of a static automatic property, and so an access to a static field.</summary>
    public static bool IsAccess(IMethodSymbol method) =>
        method is { IsStatic: true, AssociatedSymbol: IPropertySymbol }
        && Callee.IsAutomatic(method.OriginalDefinition);
}
