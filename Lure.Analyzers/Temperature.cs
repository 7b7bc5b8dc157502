using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

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

    private Temperature(bool everywhere) => _everywhere = everywhere;

    /// <returns>Null where nothing can be hot, so that such a project pays nothing.</returns>
    public static Temperature? Of(Compilation compilation, AnalyzerConfigOptions options)
    {
        bool everywhere =
            options.TryGetValue(EverywhereOption, out string? value)
            && bool.TryParse(value, out bool enabled)
            && enabled;
        bool declared = !compilation.GetTypesByMetadataName(Namespace + "." + HotName).IsEmpty;
        return everywhere || declared ? new Temperature(everywhere) : null;
    }

    /// <summary>Whether a member is hot: the nearest attribute on it or around it decides.</summary>
    public bool IsHot(ISymbol member)
    {
        for (ISymbol? symbol = member; symbol is not null and not INamespaceSymbol; symbol = Around(symbol))
        {
            if (Declared(symbol) is bool hot)
            {
                return hot;
            }
        }

        return _everywhere;
    }

    /// <summary>Whether an operation is hot, in a member that is or is not.</summary>
    public static bool IsHot(IOperation operation, bool memberIsHot)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            ISymbol? function = outer switch
            {
                ILocalFunctionOperation local => local.Symbol,
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                _ => null,
            };
            if (outer is IAttributeOperation)
            {
                return false; // written as `new`, read from metadata: nothing runs here
            }

            if (function is not null && Declared(function) is bool hot)
            {
                return hot;
            }
        }

        return memberIsHot;
    }

    private static ISymbol? Around(ISymbol symbol) =>
        symbol switch
        {
            IMethodSymbol { AssociatedSymbol: { } property } => property,
            IFieldSymbol { AssociatedSymbol: { } property } => property,
            _ => symbol.ContainingSymbol,
        };

    private static bool? Declared(ISymbol symbol)
    {
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        bool? hot = null;
        foreach (AttributeData attribute in attributes)
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

    // By full name and not by identity: several assemblies may each have the attributes compiled in.
    private static bool Is(INamedTypeSymbol? type, string name) =>
        type is not null
        && string.Equals(type.MetadataName, name, StringComparison.Ordinal)
        && type.ContainingType is null
        && type.ContainingNamespace is { Name: "Analyzers", ContainingNamespace: { Name: "Lure" } outer }
        && outer.ContainingNamespace.IsGlobalNamespace;
}
