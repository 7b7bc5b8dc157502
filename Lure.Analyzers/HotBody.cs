using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>One member under judgement: walks its operations and shows each hot one to the rules.</summary>
internal sealed class HotBody
{
    private static readonly ImmutableHashSet<ISymbol> NothingAsked = ImmutableHashSet.Create<ISymbol>(
        SymbolEqualityComparer.Default
    );

    private readonly Action<Diagnostic> _report;

    // Not by recursion: a sum of a thousand terms is a tree a thousand deep.
    private readonly Stack<(IOperation Operation, Region Region)> _open = new();

    private HotBody(
        HotProject project,
        ISymbol member,
        bool isHot,
        bool jumpsBack,
        Action<Diagnostic> report,
        ImmutableHashSet<ISymbol> asked,
        CancellationToken cancellation
    )
    {
        Project = project;
        Member = member;
        Region = Region.Of(member, isHot, jumpsBack);
        _report = report;
        AskedInitialisers = asked;
        Cancellation = cancellation;
    }

    public HotProject Project { get; }

    public ISymbol Member { get; }

    /// <summary>Where the operation stands that is being judged.</summary>
    public Region Region { get; private set; }

    public CancellationToken Cancellation { get; }

    /// <summary>The types whose static initialisers led to this body; none for a body that is judged for itself.</summary>
    public ImmutableHashSet<ISymbol> AskedInitialisers { get; }

    public static void Judge(OperationBlockAnalysisContext context, HotProject project)
    {
        ISymbol member = context.OwningSymbol;
        bool isHot = project.Temperature.IsHot(member);
        HotBody body = new(
            project,
            member,
            isHot,
            isHot && context.OperationBlocks.Any(static block => Region.JumpsBack(block.Syntax)),
            context.ReportDiagnostic,
            NothingAsked,
            context.CancellationToken
        );
        if (body.Region.IsHot)
        {
            HiddenCodeRule.CheckMember(body);
            StateMachineRule.CheckFunction(body.Member, body.Member.Place(), body);
            ClosureRule.CheckImplicitBase(body);
        }
        else if (!context.OperationBlocks.Any(static block => MayHoldHotFunction(block.Syntax)))
        {
            return;
        }

        body.Walk(context.OperationBlocks);
    }

    /// <summary>Whether the code of a static initialiser would pass as hot, and takes no door.</summary>
    public static bool IsQuiet(
        ISymbol member,
        IOperation value,
        HotProject project,
        ImmutableHashSet<ISymbol> asked,
        CancellationToken cancellation
    )
    {
        bool isQuiet = true;
        HotBody body = new(project, member, isHot: true, jumpsBack: false, _ => isQuiet = false, asked, cancellation);
        body.Walk([value]);
        return isQuiet;
    }

    public void Report(DiagnosticDescriptor rule, IOperation operation, params object[] words) =>
        Report(rule, operation.Syntax.GetLocation(), words);

    public void Report(DiagnosticDescriptor rule, Location place, params object[] words) =>
        _report(Diagnostic.Create(rule, place, words));

    // Operations are made from syntax on demand, so a cold member is left in peace as long as its syntax allows.
    private static bool MayHoldHotFunction(SyntaxNode block)
    {
        foreach (SyntaxNode node in block.DescendantNodes())
        {
            if (node is Microsoft.CodeAnalysis.CSharp.Syntax.AttributeListSyntax)
            {
                return true;
            }
        }

        return false;
    }

    private void Walk(ImmutableArray<IOperation> blocks)
    {
        Region outer = Region;
        for (int i = blocks.Length - 1; i >= 0; i--)
        {
            _open.Push((blocks[i], outer));
        }

        List<IOperation> children = [];
        while (_open.Count > 0)
        {
            Cancellation.ThrowIfCancellationRequested();
            (IOperation operation, Region) = _open.Pop();
            if (RunsNothing(operation) || (Region.IsHot && !Judge(operation)))
            {
                continue;
            }

            if (Region.ColdFunction is { } cold)
            {
                DelegateAllocation.CheckCapture(operation, cold, this);
            }

            Region inside = Region.Inside(operation);
            children.Clear();
            foreach (IOperation child in operation.ChildOperations)
            {
                children.Add(child);
            }

            for (int i = children.Count - 1; i >= 0; i--)
            {
                _open.Push((children[i], Region.IsHead(operation, children[i]) ? Region : inside));
            }
        }
    }

    // An attribute is written as `new` and read from metadata; a constant was computed by the compiler.
    private static bool RunsNothing(IOperation operation) =>
        operation is IAttributeOperation or INameOfOperation or ITypeOfOperation or ISizeOfOperation
        || operation.ConstantValue.HasValue
        || (operation is IInvocationOperation call && ConditionalCall.IsLeftOut(call));

    /// <returns>False when what stands inside has been judged with it.</returns>
    private bool Judge(IOperation operation)
    {
        if (LinqRule.CheckQuery(operation, this))
        {
            return false;
        }

        AllocationRule.Check(operation, this);
        BoxingRule.Check(operation, this);
        StringRule.Check(operation, this);
        StackRule.Check(operation, this);
        EnumerationRule.Check(operation, this);
        StateMachineRule.Check(operation, this);
        DynamicRule.Check(operation, this);
        LockRule.Check(operation, this);
        ExceptionRule.Check(operation, this);
        HiddenCodeRule.Check(operation, this);
        UnknownConstructRule.Check(operation, this);
        HotCalls.Check(operation, this);
        return true;
    }

    /// <summary>Shows a call to the rules; the first that refuses it reports it.</summary>
    public void Judge(in HotCall call)
    {
        if (call.Target.MethodKind == MethodKind.LocalFunction && !call.Target.IsExtern)
        {
            // Its body is judged where it stands, if it is hot as well.
            NoteCall(call);
            ClosureRule.Check(call, Project.Refusal(call.Target), this);
            return;
        }

        NoteCall(call);
        HiddenCodeRule.CheckCall(call, this);
        Callee? refusal = Project.Refusal(call.Target);
        if (refusal is not null && OwnCollection.Allows(call, Project))
        {
            return;
        }

        bool isRefused =
            LinqRule.Refuses(call, this)
            || BoxingRule.Refuses(call, this)
            || StringRule.Refuses(call, refusal, this)
            || VirtualCallRule.Refuses(call, refusal, this);
        if (!isRefused)
        {
            ClosureRule.Check(call, refusal, this);
        }
    }

    private void NoteCall(in HotCall call)
    {
        if (AskedInitialisers.IsEmpty)
        {
            Project.Calls.Add(Region.Function, call, Region.IsInLoop || call.IsRepeated, Project.Temperature);
        }
        else if (Project.Temperature.IsCold(call.Target.OriginalDefinition) && !Callee.IsAutomatic(call.Target))
        {
            ClosureRule.ReportDoor(call, this);
        }
    }
}
