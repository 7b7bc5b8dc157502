using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0007: code that the runtime has to compile when it first meets it.</summary>
internal static class DynamicRule
{
    private const string Id = "LURE0007";
    private const string Title = "Hot path binds at run time";
    private const string Message = "The hot path binds {0} at run time; give the operands their types";

    private const string Description =
        "An operation on dynamic makes a call site, expression trees and code, and boxes what it passes.";

    private const string Page = "docs/analyzers/LURE0007.md";

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
        bool isDynamic = operation switch
        {
            IDynamicInvocationOperation
            or IDynamicMemberReferenceOperation
            or IDynamicIndexerAccessOperation
            or IDynamicObjectCreationOperation => true,
            IConversionOperation conversion => IsDynamic(conversion.Operand)
                && conversion is { IsTryCast: false, OperatorMethod: null }
                && conversion.Type is not (IDynamicTypeSymbol or { SpecialType: SpecialType.System_Object }),
            IBinaryOperation binary => IsDynamic(binary.LeftOperand) || IsDynamic(binary.RightOperand),
            IUnaryOperation unary => IsDynamic(unary.Operand),
            IIncrementOrDecrementOperation step => IsDynamic(step.Target),
            ICompoundAssignmentOperation compound => IsDynamic(compound.Target) || IsDynamic(compound.Value),
            _ => false,
        };
        if (isDynamic)
        {
            Report(operation, body);
        }
    }

    public static void Report(IOperation operation, HotBody body) =>
        body.Report(Descriptor, operation, "an operation on dynamic");

    private static bool IsDynamic(IOperation? operand) => operand?.Type is IDynamicTypeSymbol;
}
