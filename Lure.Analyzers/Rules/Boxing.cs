using System.Linq;
using Microsoft.CodeAnalysis;

namespace Lure.Analyzers;

/// <summary>Which conversions put a value into an object.</summary>
internal static class Boxing
{
    /// <summary>A struct, or a type parameter that may stand for one.</summary>
    public static bool MayBeValue(ITypeSymbol type) =>
        type.TypeKind switch
        {
            TypeKind.Struct or TypeKind.Enum => true,
            TypeKind.TypeParameter => !type.IsReferenceType,
            _ => false,
        };

    /// <summary>The type itself, or what a nullable holds.</summary>
    public static ITypeSymbol? Underlying(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    /// <summary>Whether a value of one type is boxed on its way to another, by a conversion that no user wrote.</summary>
    public static bool Boxes(ITypeSymbol? from, ITypeSymbol? to)
    {
        from = Underlying(from);
        to = Underlying(to);
        if (from is null || to is null || SymbolEqualityComparer.Default.Equals(from, to))
        {
            return false;
        }

        if (
            from is INamedTypeSymbol { IsTupleType: true } source
            && to is INamedTypeSymbol { IsTupleType: true } target
        )
        {
            return source.TupleElements.Length == target.TupleElements.Length
                && source
                    .TupleElements.Zip(target.TupleElements, static (a, b) => Boxes(a.Type, b.Type))
                    .Any(static boxes => boxes);
        }

        return MayBeValue(from)
            && (
                to.IsReferenceType
                || to.TypeKind is TypeKind.Dynamic or TypeKind.Interface
                || from.TypeKind == TypeKind.TypeParameter
                || (to.TypeKind == TypeKind.TypeParameter && MayBeValue(to))
            );
    }
}
