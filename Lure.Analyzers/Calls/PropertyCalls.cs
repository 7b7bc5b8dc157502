using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>Which accessors a reference to a property or an indexer calls.</summary>
internal static class PropertyCalls
{
    public static void Check(IPropertyReferenceOperation reference, HotBody body)
    {
        IPropertySymbol property = reference.Property;
        bool isBase =
            reference.Instance is IInstanceReferenceOperation && reference.Instance.Syntax is BaseExpressionSyntax;
        ITypeSymbol? receiver = property.IsStatic ? reference.ConstrainedToType : reference.Instance?.Type;
        Access(property, reference, receiver, isBase, body);
    }

    public static void Check(IImplicitIndexerReferenceOperation reference, HotBody body)
    {
        ITypeSymbol? receiver = reference.Instance.Type;
        if (reference.LengthSymbol is IPropertySymbol { GetMethod: { } length })
        {
            body.Judge(new HotCall(length, reference, receiver));
        }

        switch (reference.IndexerSymbol)
        {
            case IPropertySymbol indexer:
                Access(indexer, reference, receiver, isBase: false, body);
                break;
            case IMethodSymbol slice:
                body.Judge(new HotCall(slice, reference, receiver));
                break;
        }
    }

    private static void Access(
        IPropertySymbol property,
        IOperation reference,
        ITypeSymbol? receiver,
        bool isBase,
        HotBody body
    )
    {
        (bool reads, bool writes) = UsageOf(reference, property);
        if (reads && Accessor(property, static p => p.GetMethod) is { } getter)
        {
            body.Judge(new HotCall(getter, reference, receiver, isBase));
        }

        if (writes && Accessor(property, static p => p.SetMethod) is { } setter)
        {
            body.Judge(new HotCall(setter, reference, receiver, isBase));
        }
    }

    // An override of one accessor inherits the other.
    private static IMethodSymbol? Accessor(IPropertySymbol property, System.Func<IPropertySymbol, IMethodSymbol?> which)
    {
        for (IPropertySymbol? at = property; at is not null; at = at.OverriddenProperty)
        {
            if (which(at) is { } accessor)
            {
                return accessor;
            }
        }

        return null;
    }

    private static (bool Reads, bool Writes) UsageOf(IOperation reference, IPropertySymbol property)
    {
        if (property.RefKind != RefKind.None)
        {
            return (true, false);
        }

        IOperation value = reference;
        while (value.Parent is ITupleOperation)
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            IDeconstructionAssignmentOperation tuple when tuple.Target == value => (false, true),
            _ => reference.Parent switch
            {
                ISimpleAssignmentOperation assignment when assignment.Target == reference => (false, true),
                ICompoundAssignmentOperation assignment when assignment.Target == reference => (true, true),
                ICoalesceAssignmentOperation assignment when assignment.Target == reference => (true, true),
                IIncrementOrDecrementOperation => (true, true),
                _ => (true, false),
            },
        };
    }
}
