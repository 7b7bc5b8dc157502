using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0009: an exception that is thrown or caught where the hot path goes on.</summary>
internal static class ExceptionRule
{
    private const string Id = "LURE0009";
    private const string Title = "Hot path deals in exceptions";
    private const string Message = "The hot path {0}; {1}";

    private const string Description =
        "An exception is an object with a stack trace, and costs microseconds. A hot path throws only at "
        + "its end, from a method of its own that never returns, and answers with a number otherwise.";

    private const string Page = "docs/analyzers/LURE0009.md";

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

    private const string MoveThrow =
        "move the throw into a method of its own that never returns, marked [DoesNotReturn]";

    public static void Check(IOperation operation, HotBody body)
    {
        switch (operation)
        {
            case IThrowOperation when !Region.NeverReturns(body.Region.Function):
                body.Report(Descriptor, operation, "throws", MoveThrow);
                break;
            case ICatchClauseOperation { Syntax: CatchClauseSyntax syntax }:
                body.Report(
                    Descriptor,
                    syntax.CatchKeyword.GetLocation(),
                    "catches an exception",
                    "ask before the call, or answer with a number instead of throwing"
                );
                break;
            case ISwitchExpressionOperation { IsExhaustive: false, Syntax: SwitchExpressionSyntax syntax }:
                body.Report(
                    Descriptor,
                    syntax.SwitchKeyword.GetLocation(),
                    "throws for a value that no arm takes",
                    "end the switch with an arm for all the rest: _ => …"
                );
                break;
        }
    }

    /// <summary>Whether an object is made to be thrown; the throw is what is reported.</summary>
    public static bool IsThrown(IOperation created) =>
        created.Parent is IThrowOperation or IConversionOperation { IsImplicit: true, Parent: IThrowOperation };
}
