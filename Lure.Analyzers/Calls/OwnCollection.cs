using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>
/// Lookups in a dictionary or set that a type made for itself. They call the comparer, which may be anybody's: unless the
/// collection is in a readonly field, and whatever is assigned to that is made in the same type and names no comparer.
/// </summary>
internal static class OwnCollection
{
    public static bool Allows(in HotCall call, HotProject project)
    {
        IOperation? receiver = call.Site switch
        {
            IInvocationOperation invocation => invocation.Instance,
            IPropertyReferenceOperation property => property.Instance,
            _ => null,
        };
        return receiver is IFieldReferenceOperation { Field: { IsReadOnly: true } field }
            && IsLookup(call.Target, project)
            && MakesIt(field.OriginalDefinition, project);
    }

    private static bool IsLookup(IMethodSymbol method, HotProject project) =>
        method.ContainingType
            is { ContainingNamespace: { Name: "Generic", ContainingNamespace.Name: "Collections" } } type
        && (type.MetadataName, method.Name)
            is
                ("Dictionary`2", "TryGetValue" or "ContainsKey" or "get_Item")
                or
                ("HashSet`1", "Contains" or "TryGetValue")
        && Plain.IsCompared(type.TypeArguments[0], project);

    private static bool MakesIt(IFieldSymbol field, HotProject project)
    {
        bool isMade = false;
        foreach (SyntaxReference part in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (SyntaxNode node in part.GetSyntax().DescendantNodes())
            {
                // By its name: what only looks like the field makes the answer no, and never yes.
                ExpressionSyntax? value = node switch
                {
                    VariableDeclaratorSyntax { Initializer.Value: var made } variable
                        when variable.Identifier.ValueText == field.Name => made,
                    AssignmentExpressionSyntax assignment when Names(assignment.Left, field) => assignment.Right,
                    ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } argument
                        when Names(argument.Expression, field) => argument.Expression,
                    _ => null,
                };
                if (value is null)
                {
                    continue;
                }

                if (!IsNewWithoutComparer(project.ModelOf(value.SyntaxTree).GetOperation(value)))
                {
                    return false;
                }

                isMade = true;
            }
        }

        return isMade;
    }

    private static bool Names(ExpressionSyntax expression, IFieldSymbol field) =>
        expression
            .DescendantNodesAndSelf()
            .Any(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name);

    private static bool IsNewWithoutComparer(IOperation? made) =>
        made switch
        {
            ICollectionExpressionOperation => true,
            IConversionOperation { IsImplicit: true, Operand: var inner } => IsNewWithoutComparer(inner),
            IObjectCreationOperation created => created.Constructor is { } constructor
                && constructor.ContainingType.MetadataName is "Dictionary`2" or "HashSet`1"
                && !constructor.ContainingType.IsInSource()
                && constructor.Parameters.All(static parameter => parameter.Type.Name != "IEqualityComparer"),
            _ => false,
        };
}
