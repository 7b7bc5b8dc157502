using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lure.Analyzers;

/// <summary>LURE0018: a construct that these rules were not written for is denied, not let pass.</summary>
internal static class UnknownConstructRule
{
    private const string Id = "LURE0018";
    private const string Title = "Hot path uses a construct without a rule";
    private const string Message = "The hot path uses {0}, of which nothing is known; write it another way";

    private const string Description =
        "What a newer language adds may allocate. Until a rule knows it, it stays out of a hot path.";

    private const string Page = "docs/analyzers/LURE0018.md";

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

    // The last kind of the compiler that these rules were written against: what stands for the elements in the call of
    // a collection's builder. Its name is not final.
    private const OperationKind LastKnown = OperationKind.Spread + 1;

    public static void Check(IOperation operation, HotBody body)
    {
        bool isUnknown = operation.Kind == OperationKind.None ? !IsKnown(operation) : operation.Kind > LastKnown;
        if (isUnknown)
        {
            body.Report(Descriptor, operation, "a " + operation.Syntax.Kind());
        }
    }

    // The compiler has no public kind of operation for what is unsafe.
    private static bool IsKnown(IOperation operation) =>
        // It may also wrap an operation that has a kind, or be wrapped by one.
        operation.Parent?.Syntax == operation.Syntax
        || operation.ChildOperations.Any(child => child.Syntax == operation.Syntax)
        || IsKnown(operation.Syntax);

    private static bool IsKnown(SyntaxNode syntax) =>
        // The pointer before an arrow stands for what it points to.
        syntax.Parent
            is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression }
        || syntax
            is FixedStatementSyntax
                or VariableDeclaratorSyntax
                or VariableDeclarationSyntax
                or StackAllocArrayCreationExpressionSyntax
                or ImplicitStackAllocArrayCreationExpressionSyntax
                or PrefixUnaryExpressionSyntax
                or MemberAccessExpressionSyntax
                or ElementAccessExpressionSyntax
                or RefExpressionSyntax
                or RefTypeExpressionSyntax
                or RefValueExpressionSyntax
                or MakeRefExpressionSyntax
                or UnsafeStatementSyntax
                or CheckedStatementSyntax
                or IdentifierNameSyntax
                or GenericNameSyntax
                or QualifiedNameSyntax
                or PredefinedTypeSyntax
                or AliasQualifiedNameSyntax
                or AttributeArgumentSyntax
                or ArgumentSyntax;
}
