using System;
using System.Linq;
using Tomlyn.Syntax;

namespace Lure.Linux.Configuration;

/// <summary>
/// Says what is wrong with a file that is not TOML in words of a configuration: Tomlyn names the
/// token that its parser met, the user wants to know which quote is missing.
/// </summary>
internal static class TomlSyntaxError
{
    /// <param name="diagnostic">The first one of a parse.</param>
    /// <param name="document">That parse's result.</param>
    /// <param name="source">Its text.</param>
    /// <param name="offset">Where the diagnostic is, inside the text or at its end.</param>
    public static Problem Describe(DiagnosticMessage diagnostic, DocumentSyntax document, SourceText source, int offset)
    {
        string text = source.Text;
        string said = diagnostic.Message;
        Place place = WordAt(text, offset);
        string word = text.Substring(place.Start, place.Length);
        if (said.Contains("Invalid newline in a string", StringComparison.Ordinal))
        {
            return At(new Place(offset, 0), "the text is not closed", "its closing quote is missing here");
        }

        if (said.Contains("End-Of-File", StringComparison.Ordinal))
        {
            return Unclosed(text, offset, said.Contains("multi-line", StringComparison.Ordinal));
        }

        if (
            said.Contains("for a value", StringComparison.Ordinal) || said.EndsWith("a value", StringComparison.Ordinal)
        )
        {
            return NoValue(place, word);
        }

        if (IsInsideWord(text, offset))
        {
            return NoQuotes(text, place);
        }

        if (said.StartsWith("Expecting `=`", StringComparison.Ordinal))
        {
            return At(
                place,
                "a key needs \"=\" and a value",
                word.StartsWith(':') ? "write \"=\" for \":\"" : "\"=\" is missing here"
            );
        }

        if (said.Contains("while expecting `]", StringComparison.Ordinal))
        {
            return At(place, "the header is not closed", "its closing bracket is missing here");
        }

        bool header = word is "[" && text.AsSpan(source.StartOf(source.LineOf(offset))).TrimStart().StartsWith('[');
        if (said.Contains("closing `]` for an array", StringComparison.Ordinal) || header)
        {
            return At(place, "the list is not closed", ListHint(document, source, offset));
        }

        if (said.StartsWith("Missing a `,`", StringComparison.Ordinal))
        {
            return At(place, "a comma is missing", "put \",\" before this");
        }

        return Describe(said, place, word);
    }

    private static Problem Describe(string said, Place place, string word)
    {
        if (said.Contains("inline table", StringComparison.Ordinal))
        {
            return At(place, "the inline table is not closed", "\",\" or \"}\" is missing before this");
        }

        if (said.Contains("for a base key", StringComparison.Ordinal))
        {
            return At(place with { Length = 1 }, "a name is missing", "as in [log] or [listen.pg]");
        }

        if (
            said.Contains("while expecting token `newline`", StringComparison.Ordinal)
            || said.StartsWith("Unexpected token [", StringComparison.Ordinal)
        )
        {
            return At(place, $"{word} does not belong here", "one key and one value a line");
        }

        if (said.Contains("escape character", StringComparison.Ordinal))
        {
            return At(
                place with
                {
                    Length = 1,
                },
                "unknown escape in a text",
                "\"\\\\\" for one backslash, or 'single quotes'"
            );
        }

        if (
            said.Contains("control character", StringComparison.Ordinal)
            || said.Contains("\\r", StringComparison.Ordinal)
        )
        {
            return At(
                place with
                {
                    Length = 1,
                },
                "control characters are not allowed",
                "remove it, or write it as an escape"
            );
        }

        return said.StartsWith("Unable to parse integer", StringComparison.Ordinal)
            ? At(place, $"{word} is out of range", "no key takes so large a number")
            : At(place, said);
    }

    private static Problem NoValue(Place place, string word)
    {
        if (word.Length == 0)
        {
            return At(place, "a value is missing", "put it here, text in quotes");
        }

        return word.ToUpperInvariant() switch
        {
            "TRUE" => At(place, $"{word} is not a value", "did you mean true?"),
            "FALSE" => At(place, $"{word} is not a value", "did you mean false?"),
            _ => At(place, $"{word} is not a value", $"text stands in quotes: \"{word.Trim('"', '\'')}\""),
        };
    }

    /// <summary>A value ended before its word did: <c>10s</c> without quotes is the number 10 and an s.</summary>
    private static bool IsInsideWord(string text, int offset) =>
        offset > 0
        && offset < text.Length
        && !IsBoundary(text[offset])
        && !IsBoundary(text[offset - 1])
        && char.IsAsciiLetterOrDigit(text[WordStart(text, offset)])
        && text.AsSpan(0, WordStart(text, offset)).TrimEnd(" \t") is [.., '=' or ',' or '['];

    private static int WordStart(string text, int offset)
    {
        int start = offset;
        while (start > 0 && !IsBoundary(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private static Problem NoQuotes(string text, Place rest)
    {
        int start = WordStart(text, rest.Start);
        string whole = text[start..(rest.Start + rest.Length)];
        return At(new Place(start, whole.Length), $"{whole} is not a value", $"text stands in quotes: \"{whole}\"");
    }

    private static Problem Unclosed(string text, int offset, bool multiLine)
    {
        if (!multiLine)
        {
            return At(new Place(offset, 0), "the text is not closed", "its closing quote is missing here");
        }

        int opening = Math.Max(
            text.LastIndexOf("\"\"\"", StringComparison.Ordinal),
            text.LastIndexOf("'''", StringComparison.Ordinal)
        );
        return At(new Place(Math.Max(0, opening), 3), "the text is not closed", "it begins here and has no end");
    }

    private static string ListHint(DocumentSyntax document, SourceText source, int offset)
    {
        ArraySyntax? open = document
            .Descendants(false)
            .OfType<ArraySyntax>()
            .LastOrDefault(array => array.Span.Offset < offset);
        return open is null
            ? "\"]\" is missing before this"
            : $"\"]\" is missing before this, for the list of line {source.LineOf(open.Span.Offset) + 1}";
    }

    private static Place WordAt(string text, int offset)
    {
        int end = offset;
        while (end < text.Length && !IsBoundary(text[end]))
        {
            end++;
        }

        // A sign that separates words is a word of its own where it is in the way.
        bool sign = end == offset && end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != '#';
        return new Place(offset, sign ? 1 : end - offset);
    }

    private static bool IsBoundary(char c) =>
        char.IsWhiteSpace(c) || c is '=' or ',' or ']' or '}' or '#' or '[' or '{';

    private static Problem At(Place place, string message, string? hint = null) =>
        new(place, new Fault(ErrorId.Syntax, message, hint));
}
