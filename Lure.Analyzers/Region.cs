using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>A part of a member in which the same rules hold: a function, a loop in it, or what it throws.</summary>
internal sealed class Region
{
    private Region(ISymbol function, bool isHot, bool isInLoop, SyntaxNode? coldFunction)
    {
        Function = function;
        IsHot = isHot;
        IsInLoop = isInLoop;
        ColdFunction = coldFunction;
    }

    /// <summary>The member, local function or lambda that runs the code.</summary>
    public ISymbol Function { get; }

    public bool IsHot { get; }

    /// <summary>It may run more than once for each run of its function.</summary>
    public bool IsInLoop { get; }

    /// <summary>The cold function inside a hot one; what it captures is allocated by the hot one.</summary>
    public SyntaxNode? ColdFunction { get; }

    public static Region Of(ISymbol member, bool isHot) => new(member, isHot, isInLoop: false, coldFunction: null);

    /// <summary>The region of an operation's children.</summary>
    public Region Inside(IOperation operation) =>
        operation switch
        {
            ILocalFunctionOperation local => InsideFunction(local.Symbol, local.Syntax),
            IAnonymousFunctionOperation lambda => InsideFunction(lambda.Symbol, lambda.Syntax),
            ILoopOperation when IsHot && !IsInLoop => new(Function, isHot: true, isInLoop: true, coldFunction: null),
            // A method that never returns is the end of the hot path, so what it throws is not part of it.
            // Elsewhere a throw brings its object, and the code that makes it, into the path itself.
            IThrowOperation when IsHot && NeverReturns(Function) => new(
                Function,
                isHot: false,
                IsInLoop,
                FunctionSyntax(operation)
            ),
            _ => this,
        };

    private Region InsideFunction(IMethodSymbol function, SyntaxNode syntax)
    {
        bool isHot = Temperature.Declared(function) ?? IsHot;
        SyntaxNode? cold = isHot ? null : ColdFunction ?? (IsHot ? syntax : null);
        return new(function, isHot, isInLoop: false, cold);
    }

    private static SyntaxNode? FunctionSyntax(IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is ILocalFunctionOperation or IAnonymousFunctionOperation)
            {
                return outer.Syntax;
            }
        }

        return null;
    }

    /// <summary>Whether a function is marked [DoesNotReturn].</summary>
    public static bool NeverReturns(ISymbol function)
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
}
