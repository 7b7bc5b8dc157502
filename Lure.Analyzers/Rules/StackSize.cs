using System.Linq;
using Microsoft.CodeAnalysis;

namespace Lure.Analyzers;

/// <summary>An upper estimate of the bytes that a value takes.</summary>
internal static class StackSize
{
    private const int Word = 8;
    private const int DepthMax = 32;

    /// <returns>Null when the type does not say.</returns>
    public static long? Of(ITypeSymbol type) => Of(type, 0);

    private static long? Of(ITypeSymbol type, int depth) =>
        type switch
        {
            _ when depth > DepthMax => null,
            IPointerTypeSymbol or IFunctionPointerTypeSymbol => Word,
            INamedTypeSymbol { EnumUnderlyingType: { } underlying } => Of(underlying, depth + 1),
            ITypeParameterSymbol or IErrorTypeSymbol => null,
            _ => OfPrimitive(type.SpecialType) ?? (type is { IsValueType: true } ? OfStruct(type, depth) : Word),
        };

    private static long? OfPrimitive(SpecialType type) =>
        type switch
        {
            SpecialType.System_Boolean or SpecialType.System_SByte or SpecialType.System_Byte => 1,
            SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
            SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
            SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
            SpecialType.System_IntPtr or SpecialType.System_UIntPtr => Word,
            SpecialType.System_Decimal => 16,
            _ => null,
        };

    private static long? OfStruct(ITypeSymbol type, int depth)
    {
        long sum = 0;
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic))
        {
            long? size = field.IsFixedSizeBuffer
                ? Of(((IPointerTypeSymbol)field.Type).PointedAtType, depth + 1) * field.FixedSize
                : Of(field.Type, depth + 1);
            if (size is null)
            {
                return null;
            }

            sum += (size.Value + Word - 1) / Word * Word;
        }

        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (
                attribute.AttributeClass?.Name == "InlineArrayAttribute"
                && attribute.ConstructorArguments.FirstOrDefault().Value is int length
            )
            {
                sum *= length;
            }

            foreach (var argument in attribute.NamedArguments)
            {
                if (argument is { Key: "Size", Value.Value: int stated } && stated > sum)
                {
                    sum = stated;
                }
            }
        }

        // Private fields of a library are not always there to be seen.
        return sum == 0 && !type.IsInSource() ? null : sum;
    }
}
