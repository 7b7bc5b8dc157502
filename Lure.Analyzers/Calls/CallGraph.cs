using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Lure.Analyzers;

/// <summary>Which hot member of the project calls which other, and the doors that they take.</summary>
internal sealed class CallGraph
{
    private static readonly IReadOnlyList<Call> None = [];

    private readonly ConcurrentBag<(ISymbol Caller, Call Call)> _found = [];
    private readonly ConcurrentDictionary<ISymbol, byte> _doors = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<Call>> _calls = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, HashSet<ISymbol>> _reached = new(SymbolEqualityComparer.Default);

    /// <summary>Whether there is anything to count.</summary>
    public bool TakesDoors => !_doors.IsEmpty;

    /// <summary>Doors that are taken, and those that a contract may lead to, in a stable order.</summary>
    public IEnumerable<IMethodSymbol> Doors => InOrder(_doors.Keys).OfType<IMethodSymbol>();

    public IEnumerable<ISymbol> Callers => InOrder(_calls.Keys);

    public IReadOnlyList<Call> CallsOf(ISymbol member) =>
        _calls.TryGetValue(member, out List<Call>? calls) ? calls : None;

    /// <summary>Notes a call; from any thread, while bodies are judged.</summary>
    public void Add(ISymbol caller, IMethodSymbol target, Location place, bool isRepeated, Temperature temperature)
    {
        IMethodSymbol callee = Whole(target.OriginalDefinition);
        if (temperature.IsCold(callee))
        {
            AddDoor(callee);
        }
        else if (!callee.IsInSource())
        {
            return;
        }

        _found.Add((caller is IMethodSymbol method ? Whole(method) : caller, new Call(callee, place, isRepeated)));
    }

    /// <summary>Notes a door that stands behind a contract, so that no call names it; from any thread.</summary>
    public void AddDoor(IMethodSymbol door) => _doors.TryAdd(Whole(door), 0);

    /// <summary>
    /// Sorts what was found, and has a member of a contract call what implements it. The calls of one member all stand in
    /// one file.
    /// </summary>
    public CallGraph Close(CancellationToken cancellation)
    {
        foreach (
            (ISymbol caller, Call call) in _found
                .OrderBy(static found => found.Call.Place!.SourceSpan.Start)
                .ThenBy(static found => found.Call.Place!.SourceSpan.End)
        )
        {
            CallsFor(caller).Add(call);
        }

        foreach (IMethodSymbol member in _calls.Keys.Concat(_doors.Keys).OfType<IMethodSymbol>().ToArray())
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (IMethodSymbol contract in ContractsOf(member))
            {
                CallsFor(contract).Add(new Call(member, place: null, isRepeated: false));
            }
        }

        return this;
    }

    /// <summary>Whether calls lead from one member to another; to itself only if it can come back.</summary>
    public bool Reaches(ISymbol from, ISymbol to)
    {
        if (!_reached.TryGetValue(from, out HashSet<ISymbol>? reached))
        {
            _reached[from] = reached = new(SymbolEqualityComparer.Default);
            Stack<ISymbol> open = new([from]);
            while (open.Count > 0)
            {
                foreach (Call call in CallsOf(open.Pop()))
                {
                    if (reached.Add(call.Callee))
                    {
                        open.Push(call.Callee);
                    }
                }
            }
        }

        return reached.Contains(to);
    }

    // A partial method and a member of an extension each have two symbols.
    private static IMethodSymbol Whole(IMethodSymbol method) =>
        method.PartialDefinitionPart ?? method.AssociatedExtensionImplementation ?? method;

    private List<Call> CallsFor(ISymbol caller)
    {
        if (!_calls.TryGetValue(caller, out List<Call>? calls))
        {
            _calls[caller] = calls = [];
        }

        return calls;
    }

    private static IEnumerable<IMethodSymbol> ContractsOf(IMethodSymbol member)
    {
        for (IMethodSymbol? at = member.OverriddenMethod; at is not null; at = at.OverriddenMethod)
        {
            yield return at.OriginalDefinition;
        }

        foreach (INamedTypeSymbol contract in member.ContainingType.AllInterfaces)
        {
            foreach (IMethodSymbol promised in contract.GetMembers().OfType<IMethodSymbol>())
            {
                if (
                    member.ContainingType.FindImplementationForInterfaceMember(promised) is { } implementation
                    && SymbolEqualityComparer.Default.Equals(implementation, member)
                )
                {
                    yield return promised.OriginalDefinition;
                }
            }
        }
    }

    private static IEnumerable<ISymbol> InOrder(IEnumerable<ISymbol> members) =>
        members
            .OrderBy(static member => member.Place()?.SourceTree?.FilePath, System.StringComparer.Ordinal)
            .ThenBy(static member => member.Place()?.SourceSpan.Start)
            .ThenBy(static member => member.ToDisplayString(), System.StringComparer.Ordinal);

    /// <summary>One call in the code.</summary>
    internal sealed class Call(ISymbol callee, Location? place, bool isRepeated)
    {
        public ISymbol Callee { get; } = callee;

        /// <summary>Null for what stands for a contract.</summary>
        public Location? Place { get; } = place;

        /// <summary>It stands in a loop.</summary>
        public bool IsRepeated { get; } = isRepeated;
    }
}
