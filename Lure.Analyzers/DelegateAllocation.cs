using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>Delegates, from lambdas and from method groups, and the trees that stand for lambdas.</summary>
internal static class DelegateAllocation
{
    private const string UsePointer =
        "use a function pointer, a struct behind a constrained type parameter, or a delegate that is made at start";

    public static Allocation? Of(IDelegateCreationOperation created) =>
        created.Type is null or IErrorTypeSymbol ? null
        : IsTree(created.Type) ? Tree(created.Type)
        : created.Target switch
        {
            IAnonymousFunctionOperation lambda when Captures(lambda) => new(
                "a closure and its delegate " + AllocationRule.Name(created.Type),
                UsePointer
            ),
            // The compiler keeps these, so they cost one object at the first run. That is one too many for code
            // that is proved to allocate none, and who calls a delegate calls the unknown.
            IAnonymousFunctionOperation => Once(created.Type),
            IMethodReferenceOperation { Instance: null, Method.MethodKind: not MethodKind.LocalFunction } => Once(
                created.Type
            ),
            _ => new("a delegate " + AllocationRule.Name(created.Type), UsePointer),
        };

    /// <summary>A lambda converted to a tree; other conversions make no object of the kinds judged here.</summary>
    public static Allocation? OfExpressionTree(IConversionOperation conversion) =>
        conversion.Operand is IAnonymousFunctionOperation && IsTree(conversion.Type) ? Tree(conversion.Type!) : null;

    private static Allocation Once(ITypeSymbol type) =>
        new("a delegate " + AllocationRule.Name(type) + " at its first run", UsePointer);

    private static Allocation Tree(ITypeSymbol type) =>
        new("an expression tree " + AllocationRule.Name(type), "build it at start");

    private static bool IsTree(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (
                type.Name == "LambdaExpression"
                && string.Equals(
                    type.ContainingNamespace?.ToDisplayString(),
                    "System.Linq.Expressions",
                    StringComparison.Ordinal
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    // A local function that is not static may capture, and then so does the lambda that calls it.
    private static bool Captures(IAnonymousFunctionOperation lambda) =>
        lambda
            .Body.Descendants()
            .Any(operation =>
                operation switch
                {
                    IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
                    ILocalReferenceOperation { Local: { IsConst: false } local } => !Declares(lambda.Syntax, local),
                    IParameterReferenceOperation { Parameter: var parameter } => !Declares(lambda.Syntax, parameter),
                    IInvocationOperation
                    {
                        TargetMethod: { MethodKind: MethodKind.LocalFunction, IsStatic: false } function
                    } => !Declares(lambda.Syntax, function),
                    _ => false,
                }
            );

    // The implicit `value` of a setter has no syntax, and belongs to the member around the lambda.
    private static bool Declares(SyntaxNode node, ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Any(reference =>
            reference.SyntaxTree == node.SyntaxTree && node.FullSpan.Contains(reference.Span)
        );
}
