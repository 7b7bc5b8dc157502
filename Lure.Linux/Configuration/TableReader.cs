using System.Collections.Generic;

namespace Lure.Linux.Configuration;

/// <summary>
/// Reads the keys of one table: those that were asked for are the known ones, whatever else stands
/// in it is reported by <see cref="Finish"/>.
/// </summary>
/// <param name="table">What is read.</param>
/// <param name="title">What it is called in messages.</param>
/// <param name="problems">Takes what is wrong; a wrong value then reads as absent.</param>
internal sealed class TableReader(TableNode table, string title, ProblemList problems)
{
    private readonly List<string> _known = [];

    public TableNode Table { get; } = table;

    public string Title { get; } = title;

    public ConfigNode? Value(string key)
    {
        _known.Add(key);
        return Table.Find(key)?.Value;
    }

    public TableReader? Section(string key, string title)
    {
        switch (Value(key))
        {
            case null:
                return null;
            case TableNode table:
                return new TableReader(table, title, problems);
            case ConfigNode other:
                WrongType(
                    other,
                    $"\"{key}\" is a table",
                    title.StartsWith('[') ? $"write {title}" : $"write {key} = {{ … }}"
                );
                return null;
        }
    }

    public ScalarNode? Text(string key) => TextOf(Value(key), $"\"{key}\"");

    /// <summary>A value that has to be a text.</summary>
    public ScalarNode? TextOf(ConfigNode? value, string what)
    {
        switch (value)
        {
            case null:
                return null;
            case ScalarNode { Kind: ScalarKind.Text } text:
                return text;
            default:
                WrongType(value, $"{what} is a text", "texts stand in quotes");
                return null;
        }
    }

    public int? Integer(string key, int least, int most, string? hint = null)
    {
        switch (Value(key))
        {
            case null:
                return null;
            case ScalarNode { Kind: ScalarKind.Integer } number when number.Number >= least && number.Number <= most:
                return (int)number.Number;
            case ScalarNode { Kind: ScalarKind.Integer } number:
                problems.Add(
                    number.Place,
                    ErrorId.OutOfRange,
                    $"\"{key}\" is out of range: {number.Text}",
                    $"{least} to {most}{(hint is null ? "" : "; " + hint)}"
                );
                return null;
            case ConfigNode other:
                WrongType(other, $"\"{key}\" is a whole number", $"{least} to {most}, without quotes");
                return null;
        }
    }

    public bool? Boolean(string key)
    {
        switch (Value(key))
        {
            case null:
                return null;
            case ScalarNode { Kind: ScalarKind.Boolean } boolean:
                return boolean.Number != 0;
            case ConfigNode other:
                WrongType(other, $"\"{key}\" is true or false", "without quotes");
                return null;
        }
    }

    /// <summary>A time in ns.</summary>
    public long? Time(string key, long least, long most)
    {
        switch (Value(key))
        {
            case null:
                return null;
            case ScalarNode { Kind: ScalarKind.Text } text:
                if (Duration.TryParse(text.Text, least, most, out long nanoseconds, out Fault fault))
                {
                    return nanoseconds;
                }

                problems.Add(text.Place, fault);
                return null;
            case ScalarNode { Kind: ScalarKind.Integer } number:
                problems.Add(number.Place, Duration.WithoutUnit(number.Text, most));
                return null;
            case ConfigNode other:
                WrongType(other, $"\"{key}\" is a time", "a number and a unit in quotes, as in \"90s\"");
                return null;
        }
    }

    public T? Choice<T>(string key, Choices<T> choices)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (choices.TryFind(text.Text, out T value, out Fault fault))
        {
            return value;
        }

        problems.Add(text.Place, fault);
        return null;
    }

    /// <summary>A list, or one value for a list of one. Null if absent or empty, which is reported.</summary>
    public IReadOnlyList<ConfigNode>? OneOrMore(string key, string what)
    {
        switch (Value(key))
        {
            case null:
                return null;
            case ListNode { Items.Count: 0 } list:
                problems.Add(list.Place, ErrorId.Empty, $"\"{key}\" is empty", $"it needs {what}");
                return null;
            case ListNode list:
                return list.Items;
            case ConfigNode one:
                return [one];
        }
    }

    public void WrongType(ConfigNode value, string wanted, string? hint) =>
        problems.Add(value.Place, ErrorId.WrongType, $"{wanted}, not {value.Description}", hint);

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Finish()
    {
        foreach (ConfigEntry entry in Table.Entries)
        {
            if (!_known.Contains(entry.Key))
            {
                problems.Add(
                    entry.KeyPlace,
                    ErrorId.UnknownKey,
                    $"unknown key \"{entry.Key}\" in {Title}",
                    SectionOf(entry.Key) ?? Suggestion.For(entry.Key, _known, "known here")
                );
            }
        }
    }

    /// <summary>A known key in the wrong place: after another header than its author believed.</summary>
    private static string? SectionOf(string key)
    {
        string? section = key switch
        {
            "workers" or "maxconn" or "pipes" or "spin" or "batch" or "steer" or "drain" => "[process]",
            "format" => "[log]",
            "timeout" => "[defaults]",
            "connect" or "idle" or "half_close" or "linger" => "[defaults.timeout]",
            "bind" or "to" or "mode" => "[listen.NAME]",
            "balance" or "retry" or "eject" or "servers" => "[backend.NAME]",
            _ => null,
        };
        return section is null ? null : $"it belongs to {section}";
    }
}
