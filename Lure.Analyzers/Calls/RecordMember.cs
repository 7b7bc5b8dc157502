using Microsoft.CodeAnalysis;

namespace Lure.Analyzers;

/// <summary>Members that the compiler writes for a record.</summary>
internal static class RecordMember
{
    public static Callee? Judge(IMethodSymbol method, HotProject project) =>
        method.Name switch
        {
            "Equals" or "op_Equality" or "op_Inequality" or "GetHashCode" => Plain.Unfit(method.ContainingType, project)
                is { } field
                ? new(
                    "compares the field " + field + ", which may box",
                    "write Equals and GetHashCode by hand, mark them [HotPath]"
                )
                : null,
            "ToString" or "PrintMembers" => new("makes a string", "write the fields into a span"),
            _ when method.MethodKind is MethodKind.PropertyGet or MethodKind.PropertySet => null,
            "Deconstruct" => null,
            _ => new("is made by the compiler", "write it by hand"),
        };
}
