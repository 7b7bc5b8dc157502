using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lure.Analyzers;

/// <summary>LURE0013: a line of an allow-list that gives no reason, or that names nothing.</summary>
internal static class AllowListRule
{
    private const string Id = "LURE0013";
    private const string Title = "Line of the allow-list is not in order";
    private const string Message = "'{0}' {1}";

    private const string Description =
        "Each line of HotPath.Allow.txt names a symbol and says why it allocates nothing. A line without a "
        + "reason allows nothing, and one that matches nothing is left over or misspelt.";

    private const string Page = "docs/analyzers/LURE0013.md";

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

    public static void Check(AdditionalFileAnalysisContext context, AllowList allowed)
    {
        // Others are not read: one that cannot be would fail the build.
        ImmutableArray<AllowEntry> entries = allowed.EntriesOf(context.AdditionalFile);
        if (entries.IsEmpty || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        foreach (AllowEntry entry in entries)
        {
            string? fault =
                entry.Reason.Length == 0 ? "has no reason; write: ID ; why it allocates nothing"
                : !Matches(entry, context.Compilation) ? "matches nothing; write the id of a documentation comment"
                : entry.Except.FirstOrDefault(name => !HasMember(entry.Id, name, context.Compilation)) is { } member
                    ? "excepts '" + member + "', which is no member"
                : entry.Conditions.FirstOrDefault(static word => !Plain.IsCondition(word)) is { } condition
                    ? "is held to '" + condition + "', which is neither plain, number nor the keyword of a type"
                : null;
            if (fault is not null)
            {
                Location place = Location.Create(
                    context.AdditionalFile.Path,
                    entry.Span,
                    text.Lines.GetLinePositionSpan(entry.Span)
                );
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, place, entry.Id, fault));
            }
        }
    }

    /// <summary>Whether an entry names a symbol that the compilation can see.</summary>
    private static bool Matches(AllowEntry entry, Compilation compilation)
    {
        if (entry.Id.EndsWith(AllowEntry.AllOverloads, StringComparison.Ordinal))
        {
            string all = entry.Id.Substring(0, entry.Id.Length - AllowEntry.AllOverloads.Length);
            return TypeOf(all) is { } type && HasMember(type, all.Substring(all.LastIndexOf('.') + 1), compilation);
        }

        return DocumentationCommentId.GetFirstSymbolForDeclarationId(entry.Id, compilation) is not null
            || HasMemberWithId(entry.Id, compilation);
    }

    // An indexer with another name than Item is not found by its id.
    private static bool HasMemberWithId(string id, Compilation compilation)
    {
        int parameters = id.IndexOf('(');
        return parameters > 0
            && TypeOf(id.Substring(0, parameters)) is { } type
            && DocumentationCommentId.GetFirstSymbolForDeclarationId(type, compilation) is INamedTypeSymbol symbol
            && symbol.GetMembers().Any(member => member.GetDocumentationCommentId() == id);
    }

    private static string? TypeOf(string member)
    {
        int dot = member.LastIndexOf('.');
        return dot > 2 && member[1] == ':' ? "T:" + member.Substring(2, dot - 2) : null;
    }

    private static bool HasMember(string type, string name, Compilation compilation)
    {
        int arity = name.IndexOf("``", StringComparison.Ordinal);
        string plain = (arity < 0 ? name : name.Substring(0, arity)).Replace('#', '.');
        return DocumentationCommentId.GetFirstSymbolForDeclarationId(type, compilation) is INamedTypeSymbol symbol
            && symbol.GetMembers().Any(member => member.MetadataName == plain);
    }
}
