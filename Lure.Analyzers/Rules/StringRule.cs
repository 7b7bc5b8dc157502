using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0003: a string that is put together at run time.</summary>
internal static class StringRule
{
    private const string Id = "LURE0003";
    private const string Title = "Hot path makes a string";
    private const string Message = "The hot path makes a string by {0}; {1}";

    private const string Description =
        "Every string that is not a constant is a new object: concatenation, interpolation, ToString, "
        + "Substring and formatting.";

    private const string Page = "docs/analyzers/LURE0003.md";

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

    private const string UseSpan = "write the parts into a span of bytes or chars";

    public static void Check(IOperation operation, HotBody body)
    {
        switch (operation)
        {
            case IBinaryOperation binary when IsConcatenation(binary) && !IsPartOfAnother(binary):
                body.Report(Descriptor, operation, "concatenation", UseSpan);
                break;
            case ICompoundAssignmentOperation
            {
                OperatorKind: BinaryOperatorKind.Add,
                OperatorMethod: null,
                Type.SpecialType: SpecialType.System_String
            }:
                body.Report(Descriptor, operation, "concatenation", UseSpan);
                break;
            case IInterpolatedStringOperation when !IsForHandler(operation):
                body.Report(Descriptor, operation, "interpolation", UseSpan);
                break;
        }
    }

    /// <summary>A call of foreign code that is not allowed and hands out a string.</summary>
    public static bool Refuses(in HotCall call, Callee? refusal, HotBody body)
    {
        if (
            refusal is null
            || call.Target.ReturnType.SpecialType != SpecialType.System_String
            || call.Target.OriginalDefinition.IsInSource()
            || call.Target.MethodKind == MethodKind.DelegateInvoke
        )
        {
            return false;
        }

        body.Report(
            Descriptor,
            call.Place,
            Words.Name(call.Target),
            call.Target.Name is "Substring" or "Trim" ? "use AsSpan and slice the span" : UseSpan
        );
        return true;
    }

    private static bool IsConcatenation(IBinaryOperation binary) =>
        binary is { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }
        && binary.OperatorMethod is null or { ContainingType.SpecialType: SpecialType.System_String };

    private static bool IsPartOfAnother(IBinaryOperation binary) =>
        binary.Parent is IBinaryOperation outer && IsConcatenation(outer) && !outer.ConstantValue.HasValue;

    private static bool IsForHandler(IOperation operation)
    {
        IOperation? outer = operation.Parent;
        while (outer is IInterpolatedStringAdditionOperation)
        {
            outer = outer.Parent;
        }

        return outer is IInterpolatedStringHandlerCreationOperation;
    }
}
