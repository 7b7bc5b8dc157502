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
        created.Type is null or IErrorTypeSymbol
            ? null
            : created.Target switch
            {
                IAnonymousFunctionOperation lambda when Captures(lambda) => new(
                    "a closure and its delegate " + Words.Name(created.Type),
                    UsePointer
                ),
                // The compiler keeps these, so they cost one object at the first run. That is one too many for code
                // that is proved to allocate none, and who calls a delegate calls the unknown.
                IAnonymousFunctionOperation => Once(created.Type),
                IMethodReferenceOperation { Instance: null, Method.MethodKind: not MethodKind.LocalFunction } => Once(
                    created.Type
                ),
                _ => new("a delegate " + Words.Name(created.Type), UsePointer),
            };

    /// <summary>A lambda converted to a tree; other conversions make no object of the kinds judged here.</summary>
    public static Allocation? OfExpressionTree(IConversionOperation conversion) =>
        conversion is { Operand: IAnonymousFunctionOperation, Conversion.Exists: true, Type: { } type }
            ? new("an expression tree " + Words.Name(type), "build it at start")
            : null;

    /// <summary>To subscribe is to make a longer list of delegates, to end it a shorter one.</summary>
    public static Allocation? OfSubscription(IEventAssignmentOperation subscription) =>
        subscription.HandlerValue is IDelegateCreationOperation
            ? null // reported itself
            : new(
                subscription.Adds ? "a list of delegates for an event" : "a shorter list of delegates for an event",
                "subscribe at start"
            );

    public static Allocation? OfSum(BinaryOperatorKind kind, ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Delegate } && kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract
            ? new("a list of delegates " + Words.Name(type), "combine them at start")
            : null;

    /// <summary>
    /// What a cold function captures of the hot one around it lives in an object, and the hot one makes that
    /// object before anybody knows whether the cold one will run.
    /// </summary>
    public static void CheckCapture(IOperation operation, SyntaxNode cold, HotBody body)
    {
        bool captures = operation switch
        {
            IAnonymousFunctionOperation lambda => ReachesOut(lambda, cold),
            IMethodReferenceOperation
            {
                Parent: IDelegateCreationOperation,
                Method: { MethodKind: MethodKind.LocalFunction, IsStatic: false } local
            } => !Declares(cold, local),
            _ => false,
        };
        if (captures)
        {
            body.Report(
                AllocationRule.Descriptor,
                operation,
                "a closure for a cold function inside it",
                "make the cold function static and pass what it needs as arguments"
            );
        }
    }

    private static bool ReachesOut(IAnonymousFunctionOperation lambda, SyntaxNode cold) =>
        lambda
            .Body.Descendants()
            .Any(operation =>
                operation switch
                {
                    ILocalReferenceOperation { Local: { IsConst: false } local } => !Declares(cold, local),
                    IParameterReferenceOperation { Parameter: var parameter } => !Declares(cold, parameter),
                    IInvocationOperation
                    {
                        TargetMethod: { MethodKind: MethodKind.LocalFunction, IsStatic: false } function
                    } => !Declares(cold, function),
                    _ => false,
                }
            );

    private static Allocation Once(ITypeSymbol type) =>
        new("a delegate " + Words.Name(type) + " at its first run", UsePointer);

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
