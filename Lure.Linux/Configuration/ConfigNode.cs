using System.Collections.Generic;

namespace Lure.Linux.Configuration;

internal enum ScalarKind
{
    Text,
    Integer,
    Float,
    Boolean,
    Date,
}

/// <summary>A value of the file, with its place.</summary>
internal abstract class ConfigNode(Place place)
{
    public Place Place { get; } = place;

    /// <summary>What it is, with its article, for messages.</summary>
    public abstract string Description { get; }
}

internal sealed class ScalarNode(Place place, ScalarKind kind, string text, long number = 0) : ConfigNode(place)
{
    public ScalarKind Kind { get; } = kind;

    /// <summary>A text's value; of all others what the file says.</summary>
    public string Text { get; } = text;

    /// <summary>An integer's value; 1 for true.</summary>
    public long Number { get; } = number;

    public override string Description =>
        Kind switch
        {
            ScalarKind.Text => "a text",
            ScalarKind.Integer => "a whole number",
            ScalarKind.Float => "a decimal number",
            ScalarKind.Boolean => "true or false",
            _ => "a date or a time of day",
        };
}

internal sealed class ListNode(Place place, bool ofTables = false) : ConfigNode(place)
{
    public List<ConfigNode> Items { get; } = [];

    /// <summary>Made by <c>[[name]]</c>, which may add to it.</summary>
    public bool OfTables { get; } = ofTables;

    public override string Description => "a list";
}

/// <summary>How a table came to be: it decides what may still be added to it (TOML 1.0, Table and Inline Table).</summary>
internal enum TableOrigin
{
    /// <summary>As the parent of another one: its own header may follow.</summary>
    Implied,
    Header,
    DottedKey,
    Inline,
}

internal sealed record ConfigEntry(string Key, Place KeyPlace, ConfigNode Value);

internal sealed class TableNode(Place place, TableOrigin origin) : ConfigNode(place)
{
    private readonly Dictionary<string, ConfigEntry> _byKey = [];
    private readonly List<ConfigEntry> _entries = [];

    public TableOrigin Origin { get; private set; } = origin;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<ConfigEntry> Entries => _entries;

    public override string Description => "a table";

    /// <summary>Where to say that something is missing: the header that opened it, or its own value.</summary>
    public Place OpenedAt { get; private set; } = place;

    public ConfigEntry? Find(string key) => _byKey.GetValueOrDefault(key);

    public void Add(ConfigEntry entry)
    {
        _byKey.Add(entry.Key, entry);
        _entries.Add(entry);
    }

    /// <summary>Its own header was found after one of a table in it.</summary>
    public void Open(Place header)
    {
        Origin = TableOrigin.Header;
        OpenedAt = header;
    }
}
