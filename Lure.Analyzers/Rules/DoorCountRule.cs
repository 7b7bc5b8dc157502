using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lure.Analyzers;

/// <summary>LURE0019: a door that one run of a hot member may take more often than the door says.</summary>
/// <remarks>
/// A turn is a run of some hot member, and nobody says of which, so each is held to the bounds. The count is an upper
/// one: each call in the code counts once, in whatever branch it stands, and one in a loop or a recursion without end.
/// </remarks>
internal static class DoorCountRule
{
    private const string Id = "LURE0019";
    private const string Title = "Door out of the hot path taken too often";
    private const string Message =
        "The hot path may take the door {0} {1} in one turn, which says perTurnMax: {2}; {3}";

    private const string Description =
        "[ColdPath(\"reason\", perTurnMax: n)] states how often one turn may run the code. The calls that one run "
        + "of a hot member may make are counted through all the hot members that it calls.";

    private const string Page = "docs/analyzers/LURE0019.md";

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        Title,
        Message,
        RuleTags.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: RuleTags.AlwaysOn,
        Description,
        Page,
        customTags: [.. RuleTags.NoWayAround, WellKnownDiagnosticTags.CompilationEnd]
    );

    private const long Unbounded = long.MaxValue / 4;

    public static void Check(CompilationAnalysisContext context, HotProject project)
    {
        if (!project.Calls.TakesDoors)
        {
            return; // as most projects
        }

        CallGraph graph = project.Calls.Close(context.CancellationToken);
        foreach (IMethodSymbol door in graph.Doors)
        {
            Dictionary<ISymbol, long> counts = new(SymbolEqualityComparer.Default) { [door] = 1 };
            int max = Temperature.PerTurnMax(door) ?? 0;
            foreach (ISymbol caller in graph.Callers)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                Report(context, graph, caller, door, max, counts);
            }
        }
    }

    // Who calls what is already over the bound repeats the fault; it is reported where it comes about.
    private static void Report(
        CompilationAnalysisContext context,
        CallGraph graph,
        ISymbol caller,
        IMethodSymbol door,
        int max,
        Dictionary<ISymbol, long> counts
    )
    {
        bool isRecursive = graph.Reaches(caller, caller);
        (CallGraph.Call Call, long Count)[] calls =
        [
            .. graph
                .CallsOf(caller)
                .Select(call => (call, Most(call, isRecursive ? caller : null, door, graph, counts))),
        ];
        if (calls.Any(call => call.Count > max))
        {
            return;
        }

        long sum = 0;
        foreach ((CallGraph.Call call, long count) in calls)
        {
            sum = count > 0 && (isRecursive || call.IsRepeated) ? Unbounded : Math.Min(Unbounded, sum + count);
            if (sum > max)
            {
                bool isUnbounded = sum == Unbounded;
                context.ReportDiagnostic(
                    Diagnostic.Create(
                        Descriptor,
                        call.Place,
                        Words.Name(door),
                        isUnbounded ? "any number of times" : sum + " times",
                        max,
                        isUnbounded ? "take it once, outside of the loop" : "take it in one place, or state the number"
                    )
                );
                return;
            }
        }
    }

    // A callee that leads back to the caller is the recursion. What leaves the circle counts as endless where it is called.
    private static long Most(
        CallGraph.Call call,
        ISymbol? recursive,
        ISymbol door,
        CallGraph graph,
        Dictionary<ISymbol, long> counts
    ) =>
        call
            .Callees.Where(callee => recursive is null || !graph.Reaches(callee, recursive))
            .Select(callee => Count(callee, door, graph, counts))
            .DefaultIfEmpty()
            .Max();

    private static long Count(ISymbol member, ISymbol door, CallGraph graph, Dictionary<ISymbol, long> counts)
    {
        if (counts.TryGetValue(member, out long known))
        {
            return known;
        }

        long sum = 0;
        if (graph.Reaches(member, member))
        {
            sum = graph.Reaches(member, door) ? Unbounded : 0;
        }
        else
        {
            foreach (CallGraph.Call call in graph.CallsOf(member))
            {
                long count = Most(call, null, door, graph, counts);
                sum = count > 0 && call.IsRepeated ? Unbounded : Math.Min(Unbounded, sum + count);
            }
        }

        counts[member] = sum;
        return sum;
    }
}
