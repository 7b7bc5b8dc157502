using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0006: a function that the compiler turns into an object that remembers where it was.</summary>
internal static class StateMachineRule
{
    private const string Id = "LURE0006";
    private const string Title = "Hot path is a state machine";
    private const string Message = "The hot path makes a state machine for {0}; {1}";

    private const string Description =
        "The locals of an iterator or of an async function live in an object, and a task is one more.";

    private const string Page = "docs/analyzers/LURE0006.md";

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

    private const string UseTurns = "keep the state in a struct, return, and go on in the next turn";
    private const string UseEnumerator = "write an enumerator that is a struct, or fill a span";

    public static void Check(IOperation operation, HotBody body)
    {
        switch (operation)
        {
            case IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true }:
                body.Report(Descriptor, FirstToken(operation), "await", UseTurns);
                break;
            case IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true }:
                body.Report(Descriptor, FirstToken(operation), "await", UseTurns);
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }:
                body.Report(Descriptor, FirstToken(operation), "yield", UseEnumerator);
                break;
            case ILocalFunctionOperation { Syntax: LocalFunctionStatementSyntax syntax } local
                when Temperature.Declared(local.Symbol) != false:
                CheckFunction(local.Symbol, syntax.Identifier.GetLocation(), body);
                break;
            case IAnonymousFunctionOperation { Syntax: AnonymousFunctionExpressionSyntax syntax } lambda
                when Temperature.Declared(lambda.Symbol) != false:
                CheckFunction(lambda.Symbol, syntax.AsyncKeyword.GetLocation(), body);
                break;
        }
    }

    /// <summary>An async function is a state machine even where it awaits nothing.</summary>
    public static void CheckFunction(ISymbol function, Location? place, HotBody body)
    {
        if (function is IMethodSymbol { IsAsync: true } && place is not null)
        {
            body.Report(Descriptor, place, "async " + Words.Name((IMethodSymbol)function), UseTurns);
        }
    }

    private static Location FirstToken(IOperation operation) => operation.Syntax.GetFirstToken().GetLocation();
}
