using System.Linq;
using Microsoft.CodeAnalysis;

namespace Lure.Analyzers;

/// <summary>Code outside of the runtime: a leaf, as long as nothing has to be converted on the way.</summary>
internal static class ForeignCode
{
    public static bool IsExtern(IMethodSymbol method) =>
        method.IsExtern || method.PartialImplementationPart is { IsExtern: true };

    /// <returns>Null when arguments and result cross the border as they are.</returns>
    public static Callee? Judge(IMethodSymbol method)
    {
        if (method.GetDllImportData() is null && method.PartialImplementationPart?.GetDllImportData() is null)
        {
            return new(
                "is code of the runtime",
                "allow it in HotPath.Allow.txt with the reason why it allocates nothing"
            );
        }

        IParameterSymbol? converted = method.Parameters.FirstOrDefault(static parameter => !Crosses(parameter.Type));
        return converted is null && (method.ReturnsVoid || Crosses(method.ReturnType))
            ? null
            : new(
                "converts " + Words.Name(converted?.Type ?? method.ReturnType) + " at the border",
                "pass pointers and unmanaged types"
            );
    }

    private static bool Crosses(ITypeSymbol type) => type.IsUnmanagedType;
}
