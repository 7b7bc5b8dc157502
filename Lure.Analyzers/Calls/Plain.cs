using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lure.Analyzers;

/// <summary>Types that the default comparers of the runtime compare and hash without a box.</summary>
internal static class Plain
{
    private const int DepthMax = 16;

    /// <summary>Built into the runtime.</summary>
    public static bool IsPlain(ITypeSymbol type) => type.TypeKind == TypeKind.Enum || IsNumber(type);

    /// <summary>A number, truth value, char or string of the language.</summary>
    public static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType
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
                or SpecialType.System_IntPtr
                or SpecialType.System_UIntPtr
                or SpecialType.System_Single
                or SpecialType.System_Double
                or SpecialType.System_Decimal
                or SpecialType.System_String;

    /// <summary>Whether a word can follow the <c>if</c> of an allow-list.</summary>
    public static bool IsCondition(string word) =>
        word is "plain" or "number"
        || SyntaxFacts.IsPredefinedType(SyntaxFacts.GetKeywordKind(word))
        || word is "nint" or "nuint";

    /// <summary>Built into the runtime, or a struct that says how it is compared, in hot code.</summary>
    public static bool IsCompared(ITypeSymbol type, HotProject project) => IsCompared(type, project, 0);

    /// <summary>The name of the first field of a record that is not compared so; null when all are.</summary>
    public static string? Unfit(INamedTypeSymbol record, HotProject project) => Unfit(record, project, 0);

    private static string? Unfit(INamedTypeSymbol record, HotProject project, int depth) =>
        record.IsValueType
            ? record
                .GetMembers()
                .OfType<IFieldSymbol>()
                .FirstOrDefault(field => !field.IsStatic && !IsCompared(field.Type, project, depth))
                is { } field
                ? "'" + (field.AssociatedSymbol ?? field).Name + "'"
                : null
            : "'EqualityContract'";

    private static bool IsCompared(ITypeSymbol type, HotProject project, int depth)
    {
        if (IsPlain(type))
        {
            return true;
        }

        if (depth > DepthMax || type is not INamedTypeSymbol { IsValueType: true } named)
        {
            return false;
        }

        bool comparesItself = named.AllInterfaces.Any(contract =>
            contract is { MetadataName: "IEquatable`1", ContainingNamespace.Name: "System" }
            && SymbolEqualityComparer.Default.Equals(contract.TypeArguments[0], named)
        );
        return comparesItself
            && named
                .GetMembers()
                .OfType<IMethodSymbol>()
                .Where(method =>
                    method.Name is "GetHashCode"
                    || (
                        method is { Name: "Equals", Parameters.Length: 1 }
                        && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, named)
                    )
                )
                .Count(method =>
                    method.IsImplicitlyDeclared
                        ? named.IsRecord && Unfit(named, project, depth + 1) is null
                        : project.Refusal(method) is null
                ) == 2;
    }
}
