using System;
using System.Collections.Concurrent;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lure.Analyzers;

/// <summary>Which code is hot, after the attributes in one compilation.</summary>
internal sealed class Temperature
{
    /// <summary>
    /// A global analyzer option; <c>true</c> takes code without an attribute as hot, to see what a project
    /// would have to change.
    /// </summary>
    internal const string EverywhereOption = "lure_hot_path_everywhere";

    private const string Namespace = "Lure.Analyzers";
    private const string HotName = "HotPathAttribute";
    private const string ColdName = "ColdPathAttribute";

    private readonly bool _everywhere;
    private readonly IAssemblySymbol _assembly;
    private readonly ConcurrentDictionary<ISymbol, bool?> _known = new(SymbolEqualityComparer.Default);

    private Temperature(bool everywhere, IAssemblySymbol assembly)
    {
        _everywhere = everywhere;
        _assembly = assembly;
    }

    /// <returns>Null where nothing can be hot, so that such a project pays nothing.</returns>
    public static Temperature? Of(Compilation compilation, AnalyzerConfigOptions options)
    {
        bool everywhere =
            options.TryGetValue(EverywhereOption, out string? value)
            && bool.TryParse(value, out bool enabled)
            && enabled;
        bool declared = !compilation.GetTypesByMetadataName(Namespace + "." + HotName).IsEmpty;
        return everywhere || declared ? new Temperature(everywhere, compilation.Assembly) : null;
    }

    /// <summary>Whether a member is hot: the nearest attribute on it or around it decides.</summary>
    public bool IsHot(ISymbol member) =>
        Marked(member)
        ?? (
            (_everywhere && SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _assembly))
            || RunsInHotConstructor(member)
        );

    /// <summary>Whether a member says that it is cold.</summary>
    public bool IsCold(ISymbol member) => Marked(member) == false;

    /// <summary>How often one turn may run a cold member, as the nearest attribute says; null where none says so.</summary>
    public static int? PerTurnMax(ISymbol member)
    {
        for (ISymbol? symbol = member; symbol is not null and not INamespaceSymbol; symbol = Around(symbol))
        {
            foreach (AttributeData attribute in symbol.GetAttributes())
            {
                if (Is(attribute.AttributeClass, ColdName))
                {
                    return attribute.ConstructorArguments.LastOrDefault().Value as int?;
                }
            }
        }

        return null;
    }

    private bool? Marked(ISymbol member)
    {
        if (_known.TryGetValue(member, out bool? known))
        {
            return known;
        }

        bool? marked = null;
        for (ISymbol? symbol = member; symbol is not null and not INamespaceSymbol; symbol = Around(symbol))
        {
            marked = Declared(symbol);
            if (marked is not null)
            {
                break;
            }
        }

        _known.TryAdd(member, marked);
        return marked;
    }

    // Initialisers are part of the constructors, and a hot constructor may stand in a type that is not.
    private static bool RunsInHotConstructor(ISymbol member) =>
        member is IFieldSymbol or IPropertySymbol
        && (
            member.IsStatic ? member.ContainingType.StaticConstructors : member.ContainingType.InstanceConstructors
        ).Any(static constructor => Declared(constructor) == true);

    private static ISymbol? Around(ISymbol symbol) =>
        symbol switch
        {
            IMethodSymbol { AssociatedSymbol: { } property } => property,
            IFieldSymbol { AssociatedSymbol: { } property } => property,
            _ => symbol.ContainingSymbol,
        };

    /// <summary>What a symbol says for itself; hot where it says both.</summary>
    public static bool? Declared(ISymbol symbol)
    {
        bool? hot = null;
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (Is(attribute.AttributeClass, HotName))
            {
                return true;
            }

            if (Is(attribute.AttributeClass, ColdName))
            {
                hot = false;
            }
        }

        return hot;
    }

    /// <summary>Whether a type is the attribute that opens the door.</summary>
    public static bool IsColdAttribute(INamedTypeSymbol? type) => Is(type, ColdName);

    // By full name and not by identity: several assemblies may each have the attributes compiled in.
    private static bool Is(INamedTypeSymbol? type, string name) =>
        type is not null
        && string.Equals(type.MetadataName, name, StringComparison.Ordinal)
        && type.ContainingType is null
        && type.ContainingNamespace is { Name: "Analyzers", ContainingNamespace: { Name: "Lure" } outer }
        && outer.ContainingNamespace.IsGlobalNamespace;
}
