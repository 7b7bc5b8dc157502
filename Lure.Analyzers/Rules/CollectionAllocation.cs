using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>Arrays and collection expressions: which of them the compiler turns into objects.</summary>
internal static class CollectionAllocation
{
    private const string UseSpan = "use a span over stackalloc, or memory that is taken at start";

    public static Allocation? OfArray(IArrayCreationOperation array, HotProject project)
    {
        if (array.Type is not IArrayTypeSymbol type)
        {
            return null;
        }

        if (array.Parent is IArgumentOperation { ArgumentKind: ArgumentKind.ParamArray })
        {
            bool isEmpty = array.Initializer is null or { ElementValues.IsEmpty: true };
            return isEmpty && HasSharedEmpty(type)
                ? null
                : new(
                    "a params array " + Words.Name(type),
                    "call an overload without params, or one that takes params ReadOnlySpan<T>"
                );
        }

        return IsConstantData(array, type, project) ? null : new("an array " + Words.Name(type), UseSpan);
    }

    /// <summary>A range of an array is a copy; a range of a span is not.</summary>
    public static Allocation? OfSlice(IArrayElementReferenceOperation element) =>
        element.Type is IArrayTypeSymbol type
        && element.Indices.Length == 1
        && element.Indices[0].Type is { MetadataName: "Range", ContainingNamespace.Name: "System" }
            ? new("a copy of a part of an array " + Words.Name(type), "slice a span: array.AsSpan()[range]")
            : null;

    /// <summary>A list pattern that keeps what <c>..</c> stands for.</summary>
    public static Allocation? OfSlice(ISlicePatternOperation slice) =>
        slice is { Pattern: not null, InputType: IArrayTypeSymbol type }
            ? new("a copy of a part of an array " + Words.Name(type), "match a span of it")
            : null;

    public static Allocation? OfExpression(ICollectionExpressionOperation collection, HotProject project)
    {
        ITypeSymbol? type = collection.Type;
        bool isEmpty = collection.Elements.IsEmpty;
        bool spreads = collection.Elements.Any(static element => element is ISpreadOperation);
        return type switch
        {
            null or IErrorTypeSymbol => null,
            IArrayTypeSymbol array when isEmpty && HasSharedEmpty(array) => null,
            // The read-only interfaces share one empty array; the others may be added to, so each gets its own list.
            INamedTypeSymbol { TypeKind: TypeKind.Interface } named when isEmpty && IsReadOnly(named) => null,
            // Without a spread the length is known, and the elements live in the frame or in the image.
            { IsRefLikeType: true } when !spreads && (project.HasInlineArrays || isEmpty || !IsSpan(type)) => null,
            { IsRefLikeType: true } when !spreads => new("an array behind a span " + Words.Name(type), UseSpan),
            { IsRefLikeType: true } => new(
                "an array for the spread in a span " + Words.Name(type),
                "copy the parts into a span of known length"
            ),
            // An array in a struct; any other struct is built by calls, which have to be hot themselves.
            { IsValueType: true } => spreads || (IsImmutableArray(type) && !isEmpty)
                ? new("an array for a collection " + Words.Name(type), UseSpan)
                : null,
            _ => new("a collection " + Words.Name(type), UseSpan),
        };
    }

    // Array.Empty<T>() cannot be instantiated over pointers.
    private static bool HasSharedEmpty(IArrayTypeSymbol type) =>
        type.ElementType is not (IPointerTypeSymbol or IFunctionPointerTypeSymbol);

    private static bool IsReadOnly(INamedTypeSymbol type) =>
        type.OriginalDefinition.SpecialType
            is SpecialType.System_Collections_Generic_IEnumerable_T
                or SpecialType.System_Collections_Generic_IReadOnlyCollection_T
                or SpecialType.System_Collections_Generic_IReadOnlyList_T;

    /// <summary>A span, which needs no builder.</summary>
    public static bool IsSpan(ITypeSymbol type) =>
        type is { MetadataName: "Span`1" or "ReadOnlySpan`1", ContainingNamespace.Name: "System" };

    public static bool IsImmutableArray(ITypeSymbol type) =>
        type is { MetadataName: "ImmutableArray`1", ContainingNamespace.Name: "Immutable" };

    /// <summary>
    /// Constants behind a ReadOnlySpan&lt;T&gt;: the span points into the image and the array is never made.
    /// </summary>
    private static bool IsConstantData(IArrayCreationOperation array, IArrayTypeSymbol type, HotProject project)
    {
        IOperation? target = array.Parent switch
        {
            IConversionOperation conversion => conversion,
            IArgumentOperation { Parent: IObjectCreationOperation { Arguments.Length: 1 } created } => created,
            _ => null,
        };
        return target?.Type is { MetadataName: "ReadOnlySpan`1", ContainingNamespace.Name: "System" }
            && type.IsSZArray
            && IsBlittable(type.ElementType)
            && (project.HasSpanData || StackSize.Of(type.ElementType) == 1)
            && array.Initializer is { ElementValues: var elements }
            && elements.All(static element => element.ConstantValue.HasValue);
    }

    private static bool IsBlittable(ITypeSymbol element) =>
        (element is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : element).SpecialType
            is SpecialType.System_Boolean
                or SpecialType.System_Char
                or SpecialType.System_SByte
                or SpecialType.System_Byte
                or SpecialType.System_Int16
                or SpecialType.System_UInt16
                or SpecialType.System_Int32
                or SpecialType.System_UInt32
                or SpecialType.System_Int64
                or SpecialType.System_UInt64
                or SpecialType.System_Single
                or SpecialType.System_Double;
}
