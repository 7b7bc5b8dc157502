using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0001: an expression that makes an object on the heap, written as such or implied by the syntax.</summary>
internal static class AllocationRule
{
    private const string Id = "LURE0001";
    private const string Title = "Hot path allocates an object";
    private const string Message = "The hot path allocates {0}; {1}";

    private const string Description =
        "Code marked [HotPath] makes no objects on the heap: no objects, arrays, delegates or collections. "
        + "A member that has to is marked [ColdPath] with its reason.";

    private const string Page = "docs/analyzers/LURE0001.md";

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        Title,
        Message,
        RuleTags.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: RuleTags.AlwaysOn,
        Description,
        Page,
        customTags: RuleTags.NoWayAround
    );

    public static void Check(IOperation operation, HotBody body)
    {
        Allocation? allocation = operation switch
        {
            IObjectCreationOperation created when !ExceptionRule.IsThrown(created) => OfType(created.Type),
            ITypeParameterObjectCreationOperation created => OfTypeParameter(created.Type),
            IAnonymousObjectCreationOperation => new("an anonymous object", "use a tuple or a struct"),
            IWithOperation copy => OfCopy(copy),
            IArrayCreationOperation array => CollectionAllocation.OfArray(array, body.Project),
            IArrayElementReferenceOperation element => CollectionAllocation.OfSlice(element),
            ISlicePatternOperation slice => CollectionAllocation.OfSlice(slice),
            ICollectionExpressionOperation collection => CollectionAllocation.OfExpression(collection, body.Project),
            IDelegateCreationOperation created => DelegateAllocation.Of(created),
            IConversionOperation conversion => DelegateAllocation.OfExpressionTree(conversion),
            IEventAssignmentOperation subscription => DelegateAllocation.OfSubscription(subscription),
            IBinaryOperation sum => DelegateAllocation.OfSum(sum.OperatorKind, sum.Type),
            ICompoundAssignmentOperation sum => DelegateAllocation.OfSum(sum.OperatorKind, sum.Type),
            _ => null,
        };

        if (allocation is not null)
        {
            body.Report(Descriptor, operation, allocation.What, allocation.Instead);
        }
    }

    private static Allocation? OfType(ITypeSymbol? type) =>
        type switch
        {
            null or IErrorTypeSymbol or { IsValueType: true } => null,
            _ => new(
                "an object " + Words.Name(type),
                "make it a struct, or take it from a pool that is filled at start"
            ),
        };

    // `new T()` runs a constructor that nobody here can see, if T has one.
    private static Allocation? OfTypeParameter(ITypeSymbol? type) =>
        type is { IsReferenceType: true }
            ? OfType(type)
            : new(
                type is { IsValueType: true }
                    ? "whatever the constructor of " + Words.Name(type) + " makes"
                    : "an object wherever " + Words.Name(type) + " is a class",
                type is { IsValueType: true }
                    ? "write default(" + type.Name + ")"
                    : "constrain the type parameter to struct, and write default(" + type?.Name + ")"
            );

    private static Allocation? OfCopy(IWithOperation copy) =>
        copy.Type switch
        {
            null or IErrorTypeSymbol or { IsValueType: true } => null,
            { IsAnonymousType: true } => new("a copy of an anonymous object", "use a tuple or a struct"),
            _ => new(
                "a copy of a record class " + Words.Name(copy.Type),
                "change the object in place, or make it a struct"
            ),
        };
}
