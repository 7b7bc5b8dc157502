using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0001: an expression that makes an object on the heap, written as such or implied by the syntax.</summary>
internal static class AllocationRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "LURE0001",
        "Hot path allocates an object",
        "The hot path allocates {0}; {1}",
        "HotPath",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Code marked [HotPath] makes no objects on the heap: no objects, arrays, delegates or collections. "
            + "A member that has to is marked [ColdPath] with its reason.",
        helpLinkUri: "docs/analyzers/LURE0001.md"
    );

    public static readonly ImmutableArray<OperationKind> Kinds = ImmutableArray.Create(
        OperationKind.ObjectCreation,
        OperationKind.DynamicObjectCreation,
        OperationKind.TypeParameterObjectCreation,
        OperationKind.AnonymousObjectCreation,
        OperationKind.ArrayCreation,
        OperationKind.CollectionExpression,
        OperationKind.With,
        OperationKind.DelegateCreation,
        OperationKind.Conversion
    );

    public static void Check(OperationAnalysisContext context)
    {
        IOperation operation = context.Operation;
        Allocation? allocation = operation switch
        {
            IObjectCreationOperation created => OfObject(created),
            IDynamicObjectCreationOperation created => OfType(created.Type),
            ITypeParameterObjectCreationOperation created => OfType(created.Type),
            IAnonymousObjectCreationOperation => new("an anonymous object", "use a tuple or a struct"),
            IWithOperation copy => OfCopy(copy),
            IArrayCreationOperation array => CollectionAllocation.OfArray(array),
            ICollectionExpressionOperation collection => CollectionAllocation.OfExpression(collection),
            IDelegateCreationOperation created => DelegateAllocation.Of(created),
            IConversionOperation conversion => DelegateAllocation.OfExpressionTree(conversion),
            _ => null,
        };

        if (allocation is not null && !IsThrownForGood(operation, context.ContainingSymbol))
        {
            context.ReportDiagnostic(
                Diagnostic.Create(Descriptor, operation.Syntax.GetLocation(), allocation.What, allocation.Instead)
            );
        }
    }

    private static Allocation? OfObject(IObjectCreationOperation created) =>
        created.Parent is IThrowOperation or IConversionOperation { IsImplicit: true, Parent: IThrowOperation }
            ? new(
                "an exception " + Name(created.Type),
                "move the throw into a method of its own that never returns, marked [DoesNotReturn]"
            )
            : OfType(created.Type);

    private static Allocation? OfType(ITypeSymbol? type) =>
        type switch
        {
            null or IErrorTypeSymbol or { IsValueType: true } => null,
            ITypeParameterSymbol { IsReferenceType: false } => new(
                "an object wherever " + Name(type) + " is a class",
                "constrain the type parameter to struct"
            ),
            _ => new("an object " + Name(type), "make it a struct, or take it from a pool that is filled at start"),
        };

    private static Allocation? OfCopy(IWithOperation copy) =>
        copy.Type is { IsValueType: false } and not IErrorTypeSymbol
            ? new(
                copy.Type.IsAnonymousType
                    ? "a copy of an anonymous object"
                    : "a copy of a record class " + Name(copy.Type),
                "change the object in place, or make it a struct"
            )
            : null;

    /// <summary>
    /// Whether the object is part of what a method throws that never returns. Such a method is the end of the
    /// hot path; elsewhere a throw brings its object, and the code that makes it, into the path itself.
    /// </summary>
    private static bool IsThrownForGood(IOperation operation, ISymbol member)
    {
        bool thrown = false;
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case IThrowOperation:
                    thrown = true;
                    break;
                case ILocalFunctionOperation local:
                    return thrown && NeverReturns(local.Symbol);
                case IAnonymousFunctionOperation lambda:
                    return thrown && NeverReturns(lambda.Symbol);
            }
        }

        return thrown && NeverReturns(member);
    }

    private static bool NeverReturns(ISymbol function)
    {
        foreach (AttributeData attribute in function.GetAttributes())
        {
            if (
                attribute.AttributeClass is { MetadataName: "DoesNotReturnAttribute" } type
                && string.Equals(
                    type.ContainingNamespace.ToDisplayString(),
                    "System.Diagnostics.CodeAnalysis",
                    StringComparison.Ordinal
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    internal static string Name(ITypeSymbol? type) =>
        "'" + (type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "?") + "'";
}
