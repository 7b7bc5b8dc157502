using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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

    public static Region Of(ISymbol member, bool isHot, bool jumpsBack) =>
        new(member, isHot, isInLoop: jumpsBack, coldFunction: null);

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

    /// <summary>Whether a part of a loop runs before its first round, and not in each.</summary>
    public static bool IsHead(IOperation operation, IOperation part) =>
        operation switch
        {
            IForEachLoopOperation loop => loop.Collection == part,
            IForLoopOperation loop => loop.Before.Contains(part),
            _ => false,
        };

    private Region InsideFunction(IMethodSymbol function, SyntaxNode syntax)
    {
        bool isHot = Temperature.Declared(function) ?? IsHot;
        SyntaxNode? cold = isHot ? null : ColdFunction ?? (IsHot ? syntax : null);
        return new(function, isHot, isHot && JumpsBack(syntax), cold);
    }

    /// <summary>
    /// Whether a <c>goto</c> leads back to a label or a section before it, which makes a loop of all that stands between.
    /// </summary>
    public static bool JumpsBack(SyntaxNode function)
    {
        List<LabeledStatementSyntax>? labels = null;
        foreach (SyntaxNode node in function.DescendantNodes(node => node == function || IsStatement(node)))
        {
            if (node is LabeledStatementSyntax label)
            {
                (labels ??= []).Add(label);
            }
            else if (
                labels is not null
                && node is GotoStatementSyntax { Expression: IdentifierNameSyntax target }
                && labels.Exists(label => label.Identifier.ValueText == target.Identifier.ValueText)
            )
            {
                return true;
            }
            else if (
                node is GotoStatementSyntax { CaseOrDefaultKeyword.RawKind: not (int)SyntaxKind.None } jump
                && !LeadsDown(jump)
            )
            {
                return true;
            }
        }

        return false;
    }

    // By its text: a value that is written in another way makes the answer no.
    private static bool LeadsDown(GotoStatementSyntax jump) =>
        jump.FirstAncestorOrSelf<SwitchStatementSyntax>() is { } statement
        && statement.Sections.Any(section =>
            section.SpanStart > jump.SpanStart
            && section.Labels.Any(label =>
                jump.Expression is { } value
                    ? label is CaseSwitchLabelSyntax given && given.Value.IsEquivalentTo(value)
                    : label is DefaultSwitchLabelSyntax
            )
        );

    // Labels and jumps stand in no expression, and those of another function are its own.
    private static bool IsStatement(SyntaxNode node) =>
        node
            is StatementSyntax
                and not (LocalFunctionStatementSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax)
                or SwitchSectionSyntax
                or ElseClauseSyntax
                or CatchClauseSyntax
                or FinallyClauseSyntax;

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
