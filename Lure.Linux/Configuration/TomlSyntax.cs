using System;
using System.Buffers;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Lure.Linux.Configuration;

/// <summary>
/// Parses a file so that one mistake hides no other: after each syntax error the statement around
/// it is blanked out and the rest is parsed again. Tomlyn recovers by itself, but one quote that is
/// missing makes it read the rest of the file as text, and a bracket brings a dozen errors.
/// </summary>
internal static class TomlSyntax
{
    /// <summary>Syntax errors told in one run; each costs a parse.</summary>
    public const int ErrorsMax = 50;

    private static readonly SearchValues<char> s_notInKeys = SearchValues.Create("{}[],#");

    /// <summary>Null when nothing can be said about the rest of the file.</summary>
    public static DocumentSyntax? Parse(SourceText source, ProblemList problems)
    {
        char[] text = source.Text.ToCharArray();
        for (int errors = 0; errors < ErrorsMax; errors++)
        {
            DocumentSyntax document;
            try
            {
                document = SyntaxParser.Parse(new string(text), source.Path, validate: false);
            }
            catch (TomlException e)
            {
                // Thrown for its limit on nested values; every other finding is a diagnostic.
                bool depth = e.Message.Contains("depth", StringComparison.Ordinal);
                string message = depth ? "lists and tables are nested too deeply" : e.Message;
                problems.Add(Place.WholeFile, ErrorId.Syntax, message, "no key takes more than two levels");
                problems.PartsAreUnknown = true;
                return null;
            }

            DiagnosticMessage? first = FirstOf(document);
            if (first is null)
            {
                return document;
            }

            int offset = Math.Clamp(first.Span.Offset, 0, text.Length);
            Problem problem = TomlSyntaxError.Describe(first, document, source, offset);
            problems.Add(problem.Place, problem.Fault);
            problems.PartsAreUnknown = true;
            if (!Blank(text, source, problem.Place.Start, offset))
            {
                return null;
            }
        }

        problems.Add(Place.WholeFile, ErrorId.Syntax, $"only the first {ErrorsMax} syntax errors are shown");
        return null;
    }

    private static DiagnosticMessage? FirstOf(DocumentSyntax document)
    {
        DiagnosticMessage? first = null;
        foreach (DiagnosticMessage diagnostic in document.Diagnostics)
        {
            if (first is null || diagnostic.Span.Offset < first.Span.Offset)
            {
                first = diagnostic;
            }
        }

        return first;
    }

    /// <summary>Blanks the statement of an error, and of a broken header all that stood under it.</summary>
    private static bool Blank(char[] text, SourceText source, int reported, int met)
    {
        int from = source.LineOf(Math.Min(reported, met));
        int until = source.LineOf(met);

        // Met at the start of the next statement: what is open is the one before it.
        int column = met - source.StartOf(until);
        bool atStart = source.Text.AsSpan(source.StartOf(until), column).IsWhiteSpace();
        if (atStart && until > 0 && StartsStatement(text, source, until) && !IsKeyWithoutValue(text, source, until))
        {
            until--;
            from = Math.Min(from, until);
        }

        while (from > 0 && !StartsStatement(text, source, from))
        {
            from--;
        }

        bool header = source.Text.AsSpan(source.StartOf(from)).TrimStart().StartsWith('[');
        int end = until + 1;
        while (end < source.LineCount && !(header ? IsHeader(text, source, end) : StartsStatement(text, source, end)))
        {
            end++;
        }

        return Blank(text.AsSpan(source.StartOf(from)..source.EndOf(end - 1)));
    }

    private static bool Blank(Span<char> text)
    {
        bool any = false;
        foreach (ref char c in text)
        {
            if (c is not ('\n' or ' '))
            {
                c = ' ';
                any = true;
            }
        }

        return any;
    }

    private static ReadOnlySpan<char> Line(char[] text, SourceText source, int line) =>
        text.AsSpan(source.StartOf(line)..source.EndOf(line)).Trim();

    private static bool IsHeader(char[] text, SourceText source, int line) => Line(text, source, line).StartsWith('[');

    /// <summary>A header, or a key and its equals sign: where a statement begins, whatever precedes it.</summary>
    private static bool StartsStatement(char[] text, SourceText source, int line)
    {
        ReadOnlySpan<char> content = Line(text, source, line);
        if (content.StartsWith('['))
        {
            return true;
        }

        int equals = content.IndexOf('=');
        return equals > 0 && !content[..equals].ContainsAny(s_notInKeys);
    }

    /// <summary>The key itself is what is wrong: <c>my key = 1</c>.</summary>
    private static bool IsKeyWithoutValue(char[] text, SourceText source, int line)
    {
        ReadOnlySpan<char> content = Line(text, source, line);
        int equals = content.IndexOf('=');
        return equals > 0 && !content.StartsWith('[') && !IsKey(content[..equals].Trim());
    }

    private static bool IsKey(ReadOnlySpan<char> key)
    {
        foreach (char c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.' or '"' or '\''))
            {
                return false;
            }
        }

        return true;
    }
}
