using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>
/// Boxes of a type parameter's value that no compiler of the runtime makes, optimised or not: those that are opened in the
/// next instruction as a value of a type that is known.
/// </summary>
/// <remarks>
/// Only where the parameter is constrained to struct, or was compared with the type: a nullable is a box of what it holds,
/// which is made.
/// </remarks>
internal static class OpenValue
{
    /// <summary><c>(int)(object)t</c>.</summary>
    public static bool IsUnboxedAtOnce(IConversionOperation boxing) =>
        boxing is { Operand.Type: ITypeParameterSymbol open, Type.SpecialType: SpecialType.System_Object }
        && boxing.Parent is IConversionOperation { OperatorMethod: null, IsTryCast: false, Type: { } known }
        && IsKnownValue(known)
        && (open.HasValueTypeConstraint || IsCompared(boxing, open, known));

    /// <summary><c>t is int</c>, <c>t is int i</c>, <c>t is 1</c>.</summary>
    public static bool IsTested(IPatternOperation pattern) =>
        pattern.InputType is ITypeParameterSymbol { HasValueTypeConstraint: true }
        && pattern switch
        {
            IDeclarationPatternOperation { MatchedType: { } matched } => IsKnownValue(matched),
            ITypePatternOperation type => IsKnownValue(type.MatchedType),
            IConstantPatternOperation constant => constant.Value.Type is { } type && IsKnownValue(type),
            IRelationalPatternOperation relation => relation.Value.Type is { } type && IsKnownValue(type),
            _ => false,
        };

    private static bool IsKnownValue(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Struct or TypeKind.Enum
        && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T;

    // typeof(T) == typeof(int) ? (int)(object)t : ...
    private static bool IsCompared(IOperation boxing, ITypeParameterSymbol open, ITypeSymbol known)
    {
        for (IOperation inner = boxing; inner.Parent is { } outer; inner = outer)
        {
            if (
                outer is IConditionalOperation conditional
                && conditional.WhenTrue == inner
                && IsComparison(conditional.Condition, open, known)
            )
            {
                return true;
            }

            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsComparison(IOperation condition, ITypeSymbol open, ITypeSymbol known) =>
        condition switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both => IsComparison(
                both.LeftOperand,
                open,
                known
            ) || IsComparison(both.RightOperand, open, known),
            IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.Equals,
                LeftOperand: ITypeOfOperation left,
                RightOperand: ITypeOfOperation right
            } => (Same(left.TypeOperand, open) && Same(right.TypeOperand, known))
                || (Same(left.TypeOperand, known) && Same(right.TypeOperand, open)),
            _ => false,
        };

    private static bool Same(ITypeSymbol a, ITypeSymbol b) => SymbolEqualityComparer.Default.Equals(a, b);
}
