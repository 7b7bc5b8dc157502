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

    private readonly ConcurrentBag<Found> _found = [];
    private readonly ConcurrentBag<(ISymbol Contract, ISymbol Implementation)> _contracts = [];
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
    public void Add(ISymbol caller, in HotCall call, bool isRepeated, Temperature temperature)
    {
        IMethodSymbol callee = Whole(call.Target.OriginalDefinition);
        if (temperature.IsCold(callee) && !Analyzers.Callee.IsAutomatic(callee))
        {
            AddDoor(callee);
        }
        else if (!callee.IsInSource() && !call.IsDispatched)
        {
            return; // what it takes is counted where it is written
        }

        _found.Add(
            new(
                caller is IMethodSymbol method ? Whole(method) : caller,
                callee,
                call.IsDispatched,
                call.Place,
                isRepeated
            )
        );
    }

    /// <summary>Notes what may run where a member of a contract is called; from any thread.</summary>
    public void AddImplementation(IMethodSymbol contract, IMethodSymbol implementation) =>
        _contracts.Add((Whole(contract.OriginalDefinition), Whole(implementation.OriginalDefinition)));

    /// <summary>Notes a door that stands behind a contract, so that no call names it; from any thread.</summary>
    public void AddDoor(IMethodSymbol door) => _doors.TryAdd(Whole(door), 0);

    /// <summary>
    /// Sorts what was found, and has a call of a contract lead to what implements it. The calls of one member all stand in
    /// one file.
    /// </summary>
    public CallGraph Close(CancellationToken cancellation)
    {
        Dictionary<ISymbol, ISymbol[]> behind = new(SymbolEqualityComparer.Default);
        ILookup<ISymbol, ISymbol> implementations = _contracts.ToLookup(
            static pair => pair.Contract,
            static pair => pair.Implementation,
            SymbolEqualityComparer.Default
        );
        foreach (
            Found found in _found
                .OrderBy(static found => found.Place.SourceSpan.Start)
                .ThenBy(static found => found.Place.SourceSpan.End)
        )
        {
            cancellation.ThrowIfCancellationRequested();
            ISymbol[]? callees = [found.Callee];
            if (found.IsDispatched && !behind.TryGetValue(found.Callee, out callees))
            {
                behind[found.Callee] = callees = Behind(found.Callee, implementations);
            }

            if (!_calls.TryGetValue(found.Caller, out List<Call>? calls))
            {
                _calls[found.Caller] = calls = [];
            }

            calls.Add(new Call(callees, found.Place, found.IsRepeated));
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
                foreach (ISymbol callee in CallsOf(open.Pop()).SelectMany(static call => call.Callees))
                {
                    if (reached.Add(callee))
                    {
                        open.Push(callee);
                    }
                }
            }
        }

        return reached.Contains(to);
    }

    // A partial method and a member of an extension each have two symbols.
    private static IMethodSymbol Whole(IMethodSymbol method) =>
        method.PartialDefinitionPart ?? method.AssociatedExtensionImplementation ?? method;

    // The member itself, what implements or overrides it, and what overrides that.
    private static ISymbol[] Behind(ISymbol contract, ILookup<ISymbol, ISymbol> implementations)
    {
        HashSet<ISymbol> found = new([contract], SymbolEqualityComparer.Default);
        Stack<ISymbol> open = new([contract]);
        while (open.Count > 0)
        {
            foreach (ISymbol implementation in implementations[open.Pop()])
            {
                if (found.Add(implementation))
                {
                    open.Push(implementation);
                }
            }
        }

        return [.. found];
    }

    private static IEnumerable<ISymbol> InOrder(IEnumerable<ISymbol> members) =>
        members
            .OrderBy(static member => member.Place()?.SourceTree?.FilePath, System.StringComparer.Ordinal)
            .ThenBy(static member => member.Place()?.SourceSpan.Start)
            .ThenBy(static member => member.ToDisplayString(), System.StringComparer.Ordinal);

    private sealed class Found(ISymbol caller, ISymbol callee, bool isDispatched, Location place, bool isRepeated)
    {
        public ISymbol Caller { get; } = caller;

        public ISymbol Callee { get; } = callee;

        public bool IsDispatched { get; } = isDispatched;

        public Location Place { get; } = place;

        public bool IsRepeated { get; } = isRepeated;
    }

    /// <summary>One call in the code.</summary>
    internal sealed class Call(IReadOnlyList<ISymbol> callees, Location place, bool isRepeated)
    {
        /// <summary>One of them runs: what the call names, or what implements or overrides it.</summary>
        public IReadOnlyList<ISymbol> Callees { get; } = callees;

        public Location Place { get; } = place;

        /// <summary>It stands in a loop.</summary>
        public bool IsRepeated { get; } = isRepeated;
    }
}
