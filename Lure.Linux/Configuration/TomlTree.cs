using System.Collections.Generic;
using System.Globalization;
using Tomlyn.Syntax;

namespace Lure.Linux.Configuration;

/// <summary>
/// Makes one tree of tables from the headers, dotted keys and inline tables of a file, and reports
/// what is defined twice. Tomlyn's own model of tables keeps no places, and its validator marks
/// whole tables where one key is meant.
/// </summary>
internal sealed class TomlTree
{
    private readonly SourceText _source;
    private readonly ProblemList _problems;

    private TomlTree(SourceText source, ProblemList problems) => (_source, _problems) = (source, problems);

    /// <param name="document">Without syntax errors.</param>
    /// <param name="source">What it was made from.</param>
    /// <param name="problems">Takes what is defined twice.</param>
    public static TableNode Build(DocumentSyntax document, SourceText source, ProblemList problems)
    {
        var builder = new TomlTree(source, problems);
        var root = new TableNode(new Place(0, 0), TableOrigin.Header);
        builder.AddKeys(root, document.KeyValues);
        foreach (TableSyntaxBase table in document.Tables)
        {
            if (builder.Open(root, table) is { } opened)
            {
                builder.AddKeys(opened, table.Items);
            }
        }

        return root;
    }

    private TableNode? Open(TableNode root, TableSyntaxBase syntax)
    {
        if (syntax.Name is null || syntax.OpenBracket is null || syntax.CloseBracket is null)
        {
            return null;
        }

        int start = syntax.OpenBracket.Span.Offset;
        var header = new Place(start, syntax.CloseBracket.Span.End.Offset + 1 - start);
        List<(string Key, Place Place)> path = PathOf(syntax.Name);
        TableNode? parent = Walk(root, path, TableOrigin.Implied);
        (string key, Place place) = path[^1];
        if (parent is null)
        {
            return null;
        }

        ConfigEntry? existing = parent.Find(key);
        if (syntax is TableArraySyntax)
        {
            return OpenItem(parent, existing, key, place, header);
        }

        if (existing is null)
        {
            var table = new TableNode(header, TableOrigin.Header);
            parent.Add(new ConfigEntry(key, place, table));
            return table;
        }

        if (existing.Value is TableNode { Origin: TableOrigin.Implied } implied)
        {
            implied.Open(header);
            return implied;
        }

        ReportTwice(header, $"[{Join(path)}]", existing);
        return null;
    }

    private TableNode? OpenItem(TableNode parent, ConfigEntry? existing, string key, Place place, Place header)
    {
        if (existing is null)
        {
            existing = new ConfigEntry(key, place, new ListNode(header, ofTables: true));
            parent.Add(existing);
        }

        if (existing.Value is not ListNode { OfTables: true } list)
        {
            ReportTwice(header, $"\"{key}\"", existing);
            return null;
        }

        var table = new TableNode(header, TableOrigin.Header);
        list.Items.Add(table);
        return table;
    }

    private void AddKeys(TableNode table, IEnumerable<KeyValueSyntax> pairs)
    {
        foreach (KeyValueSyntax pair in pairs)
        {
            if (pair.Key is null || pair.Value is null)
            {
                continue;
            }

            List<(string Key, Place Place)> path = PathOf(pair.Key);
            TableNode? parent = Walk(table, path, TableOrigin.DottedKey);
            (string key, Place place) = path[^1];
            if (parent?.Find(key) is { } existing)
            {
                ReportTwice(place, $"\"{key}\"", existing);
            }
            else
            {
                parent?.Add(new ConfigEntry(key, place, ValueOf(pair.Value)));
            }
        }
    }

    /// <summary>Goes to the table that holds the last key of a path, making those that are not there.</summary>
    private TableNode? Walk(TableNode from, List<(string Key, Place Place)> path, TableOrigin origin)
    {
        TableNode table = from;
        for (int i = 0; i < path.Count - 1; i++)
        {
            (string key, Place place) = path[i];
            ConfigEntry? entry = table.Find(key);
            if (entry is null)
            {
                entry = new ConfigEntry(key, place, new TableNode(place, origin));
                table.Add(entry);
            }

            ConfigNode value = entry.Value is ListNode { OfTables: true } list ? list.Items[^1] : entry.Value;
            bool open =
                value is TableNode next
                && next.Origin != TableOrigin.Inline
                && (origin == TableOrigin.Implied || next.Origin == TableOrigin.DottedKey);
            if (!open)
            {
                ReportTwice(place, $"\"{key}\"", entry);
                return null;
            }

            table = (TableNode)value;
        }

        return table;
    }

    private ConfigNode ValueOf(ValueSyntax syntax)
    {
        Place place = PlaceOf(syntax);
        switch (syntax)
        {
            case StringValueSyntax text:
                return new ScalarNode(place, ScalarKind.Text, text.Value ?? "");
            case IntegerValueSyntax integer:
                string digits = integer.Token?.Text ?? integer.Value.ToString(CultureInfo.InvariantCulture);
                return new ScalarNode(place, ScalarKind.Integer, digits, integer.Value);
            case BooleanValueSyntax boolean:
                return new ScalarNode(place, ScalarKind.Boolean, boolean.Token?.Text ?? "", boolean.Value ? 1 : 0);
            case FloatValueSyntax number:
                return new ScalarNode(place, ScalarKind.Float, number.Token?.Text ?? "");
            case ArraySyntax array:
                var list = new ListNode(place);
                foreach (ArrayItemSyntax item in array.Items)
                {
                    if (item.Value is { } value)
                    {
                        list.Items.Add(ValueOf(value));
                    }
                }

                return list;
            case InlineTableSyntax inline:
                var table = new TableNode(place, TableOrigin.Inline);
                AddKeys(table, PairsOf(inline));
                return table;
            default:
                return new ScalarNode(place, ScalarKind.Date, "");
        }
    }

    private static IEnumerable<KeyValueSyntax> PairsOf(InlineTableSyntax inline)
    {
        foreach (InlineTableItemSyntax item in inline.Items)
        {
            if (item.KeyValue is { } pair)
            {
                yield return pair;
            }
        }
    }

    private static List<(string Key, Place Place)> PathOf(KeySyntax syntax)
    {
        List<(string, Place)> path = [KeyOf(syntax.Key)];
        foreach (DottedKeyItemSyntax dotted in syntax.DotKeys)
        {
            path.Add(KeyOf(dotted.Key));
        }

        return path;
    }

    private static (string Key, Place Place) KeyOf(BareKeyOrStringValueSyntax? key) =>
        key switch
        {
            BareKeySyntax bare => (bare.Key?.Text ?? "", PlaceOf(bare)),
            StringValueSyntax quoted => (quoted.Value ?? "", PlaceOf(quoted)),
            _ => ("", Place.WholeFile),
        };

    /// <summary>Tomlyn's spans end at their last character, not behind it.</summary>
    private static Place PlaceOf(SyntaxNode node) => new(node.Span.Offset, node.Span.End.Offset + 1 - node.Span.Offset);

    private static string Join(List<(string Key, Place Place)> path) =>
        string.Join('.', path.ConvertAll(step => step.Key));

    private void ReportTwice(Place place, string what, ConfigEntry first)
    {
        Place earlier = first.Value is TableNode { Origin: TableOrigin.Header } table ? table.OpenedAt : first.KeyPlace;
        int line = _source.PositionOf(earlier.Start).Line;
        _problems.Add(
            place,
            ErrorId.DefinedTwice,
            $"{what} is defined twice",
            $"first on line {line}: keep one of them"
        );
    }
}
