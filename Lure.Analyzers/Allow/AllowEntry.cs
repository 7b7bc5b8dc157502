using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Lure.Analyzers;

/// <summary>One line of an allow-list: a symbol, conditions, and the reason why it allocates nothing.</summary>
/// <remarks>
/// <c>ID [except A B] [if plain|number|TYPE] ; reason</c>, where the id is that of a documentation comment. A type stands for
/// all its members but those that are excepted by name; <c>(...)</c> instead of parameters for all overloads. "If plain"
/// holds a generic member to type arguments that are compared for equality and hashed without a call of unknown code, "if
/// number" to the numbers and strings of the language, which can be ordered and converted as well; the keywords of types name those
/// that do, where not all do.
/// </remarks>
internal sealed class AllowEntry
{
    public const string AllOverloads = "(...)";

    private AllowEntry(
        string id,
        ImmutableHashSet<string> except,
        ImmutableHashSet<string> conditions,
        string reason,
        TextSpan span,
        bool isBuiltIn
    )
    {
        Id = id;
        Except = except;
        Conditions = conditions;
        Reason = reason;
        Span = span;
        IsBuiltIn = isBuiltIn;
    }

    public string Id { get; }

    /// <summary>Names of members that a type's entry does not stand for.</summary>
    public ImmutableHashSet<string> Except { get; }

    /// <summary>What each type argument has to be, one of it; anything where there is none.</summary>
    public ImmutableHashSet<string> Conditions { get; }

    public string Reason { get; }

    /// <summary>From the list that comes with the rules.</summary>
    public bool IsBuiltIn { get; }

    /// <summary>Where the line stands in its file.</summary>
    public TextSpan Span { get; }

    /// <returns>Null for a comment or an empty line.</returns>
    public static AllowEntry? Parse(string line, TextSpan span, bool isBuiltIn)
    {
        string text = line.Trim();
        if (text.Length == 0 || text.StartsWith("//", StringComparison.Ordinal))
        {
            return null;
        }

        int end = text.IndexOf(';');
        string reason = end < 0 ? "" : text.Substring(end + 1).Trim();
        string[] words = (end < 0 ? text : text.Substring(0, end)).Split(
            [' ', '\t'],
            StringSplitOptions.RemoveEmptyEntries
        );
        ImmutableHashSet<string>.Builder except = ImmutableHashSet.CreateBuilder(StringComparer.Ordinal);
        ImmutableHashSet<string>.Builder conditions = ImmutableHashSet.CreateBuilder(StringComparer.Ordinal);
        ImmutableHashSet<string>.Builder? clause = null;
        for (int i = 1; i < words.Length; i++)
        {
            clause = words[i] switch
            {
                "except" => except,
                "if" => conditions,
                _ => clause,
            };
            if (words[i] is not ("except" or "if"))
            {
                clause?.Add(words[i]);
            }
        }

        return new(
            words.Length == 0 ? "" : words[0],
            except.ToImmutable(),
            conditions.ToImmutable(),
            reason,
            span,
            isBuiltIn
        );
    }
}
