using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lure.Analyzers;

/// <summary>
/// Foreign members that a hot path may call. The runtime's are listed beside the rules; a project adds the ones
/// that it knows in files named HotPath.Allow.txt.
/// </summary>
internal sealed class AllowList
{
    public const string FileName = "HotPath.Allow.txt";

    private readonly Dictionary<string, AllowEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<AdditionalText, ImmutableArray<AllowEntry>> _files = [];

    public static AllowList Of(ImmutableArray<AdditionalText> files, CancellationToken cancellation)
    {
        AllowList list = new();
        list.Add(ReadRuntime());
        foreach (AdditionalText file in files)
        {
            if (IsAllowList(file) && file.GetText(cancellation) is { } text)
            {
                ImmutableArray<AllowEntry> entries = Read(text, isBuiltIn: false);
                list._files[file] = entries;
                list.Add(entries);
            }
        }

        return list;
    }

    /// <summary>The entries of one file of the project.</summary>
    public ImmutableArray<AllowEntry> EntriesOf(AdditionalText file) =>
        _files.TryGetValue(file, out ImmutableArray<AllowEntry> entries) ? entries : [];

    public bool Allows(IMethodSymbol method, HotProject project) =>
        EntryOf(method) is { } entry
        && (
            entry.Conditions.IsEmpty
            || (
                method.TypeArguments.All(type => Meets(type, entry, project))
                && method.ContainingType?.TypeArguments.All(type => Meets(type, entry, project)) != false
            )
        );

    /// <summary>Whether a static field may be read: by its own line, or by that of its type.</summary>
    public bool Allows(IFieldSymbol field) =>
        Find(field.OriginalDefinition) is not null
        || (
            field.ContainingType.OriginalDefinition.GetDocumentationCommentId() is { } type
            && _entries.TryGetValue(type, out AllowEntry? entry)
            && !entry.Except.Contains(field.Name)
        );

    /// <summary>Allowed by the list that comes with the rules, which knows nothing of what it is passed.</summary>
    public bool IsBuiltIn(IMethodSymbol method) => EntryOf(method) is { IsBuiltIn: true };

    private AllowEntry? EntryOf(IMethodSymbol method)
    {
        IMethodSymbol definition = method.OriginalDefinition;
        return Find(definition) ?? FindProperty(definition) ?? FindType(definition);
    }

    private static bool IsAllowList(AdditionalText file) =>
        string.Equals(Path.GetFileName(file.Path), FileName, StringComparison.OrdinalIgnoreCase);

    private static bool Meets(ITypeSymbol type, AllowEntry entry, HotProject project) =>
        (entry.Conditions.Contains("plain") && Plain.IsCompared(type, project))
        || (
            Plain.IsNumber(type)
            && (entry.Conditions.Contains("number") || entry.Conditions.Contains(type.ToDisplayString()))
        );

    private AllowEntry? Find(ISymbol symbol)
    {
        if (symbol.GetDocumentationCommentId() is not { } id)
        {
            return null;
        }

        if (_entries.TryGetValue(id, out AllowEntry? exact))
        {
            return exact;
        }

        int parameters = id.IndexOf('(');
        string all = (parameters < 0 ? id : id.Substring(0, parameters)) + AllowEntry.AllOverloads;
        if (_entries.TryGetValue(all, out AllowEntry? overloads))
        {
            return overloads;
        }

        // Generic overloads differ in their number of type parameters only.
        int arity = all.LastIndexOf("``", StringComparison.Ordinal);
        return
            arity > 0
            && _entries.TryGetValue(all.Substring(0, arity) + AllowEntry.AllOverloads, out AllowEntry? generic)
            ? generic
            : null;
    }

    private AllowEntry? FindProperty(IMethodSymbol method) =>
        method.AssociatedSymbol is { } property ? Find(property) : null;

    private AllowEntry? FindType(IMethodSymbol method)
    {
        if (
            method.ContainingType?.GetDocumentationCommentId() is not { } id
            || !_entries.TryGetValue(id, out AllowEntry? entry)
        )
        {
            return null;
        }

        string name = (method.AssociatedSymbol ?? method).MetadataName;
        // Another explicit implementation is reached only through an interface, which boxes.
        bool isExplicit = method.MethodKind == MethodKind.ExplicitInterfaceImplementation;
        return entry.Except.Contains(name) || (isExplicit && name != "System.IDisposable.Dispose") ? null : entry;
    }

    private void Add(ImmutableArray<AllowEntry> entries)
    {
        foreach (AllowEntry entry in entries)
        {
            // Without its reason it allows nothing.
            if (entry.Reason.Length > 0)
            {
                _entries[entry.Id] = entry;
            }
        }
    }

    private static ImmutableArray<AllowEntry> Read(SourceText text, bool isBuiltIn)
    {
        ImmutableArray<AllowEntry>.Builder entries = ImmutableArray.CreateBuilder<AllowEntry>();
        foreach (TextLine line in text.Lines)
        {
            if (AllowEntry.Parse(line.ToString(), line.Span, isBuiltIn) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries.ToImmutable();
    }

    // Anew for each compilation, for it is short: what is kept for the whole process outlives whatever was wrong when it was made.
    private static ImmutableArray<AllowEntry> ReadRuntime()
    {
        using Stream stream = typeof(AllowList).Assembly.GetManifestResourceStream(FileName)!;
        return Read(SourceText.From(stream), isBuiltIn: true);
    }
}
