using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>The Dispose that the end of a <c>using</c> or of a <c>foreach</c> calls.</summary>
internal static class DisposeCalls
{
    public static void Check(IUsingOperation statement, HotBody body)
    {
        if (statement.Resources is IVariableDeclarationGroupOperation group)
        {
            Check(group, statement.IsAsynchronous, body);
        }
        else if (!statement.IsAsynchronous)
        {
            // The resource is converted to IDisposable only in the mind of the compiler.
            IOperation resource = statement.Resources;
            while (resource is IConversionOperation { IsImplicit: true } conversion)
            {
                resource = conversion.Operand;
            }

            Check(resource.Type, statement.Resources, body);
        }
    }

    public static void Check(IVariableDeclarationGroupOperation group, bool isAsynchronous, HotBody body)
    {
        if (isAsynchronous)
        {
            return; // only in an async method, which is refused as a whole
        }

        foreach (IVariableDeclarationOperation declaration in group.Declarations)
        {
            foreach (IVariableDeclaratorOperation declarator in declaration.Declarators)
            {
                Check(declarator.Symbol.Type, declarator, body);
            }
        }
    }

    public static void Check(ITypeSymbol? type, IOperation site, HotBody body)
    {
        if (type is null or IErrorTypeSymbol)
        {
            return;
        }

        if (type is IDynamicTypeSymbol)
        {
            DynamicRule.Report(site, body);
            return;
        }

        type = Boxing.Underlying(type)!;
        IMethodSymbol? contract = body
            .Project.Compilation.GetSpecialType(SpecialType.System_IDisposable)
            .GetMembers("Dispose")
            .OfType<IMethodSymbol>()
            .FirstOrDefault();
        // A class that may be derived from is disposed of through the interface, which the derived one may take on anew.
        IMethodSymbol? dispose =
            type is { TypeKind: TypeKind.Class, IsSealed: false } || contract is null
                ? contract
                : type.FindImplementationForInterfaceMember(contract) as IMethodSymbol ?? PatternOf(type) ?? contract;
        if (dispose is not null)
        {
            body.Judge(new HotCall(dispose, site, type));
        }
    }

    private static IMethodSymbol? PatternOf(ITypeSymbol type) =>
        type.GetMembers("Dispose")
            .OfType<IMethodSymbol>()
            .FirstOrDefault(static method =>
                !method.IsStatic
                && method.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams)
            );
}
