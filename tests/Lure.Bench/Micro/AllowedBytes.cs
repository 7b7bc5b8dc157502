using System;
using System.Collections.Generic;
using System.Globalization;

namespace Lure.Bench.Micro;

/// <summary>The file that says what each benchmark may allocate: names and bytes, and comments behind a #.</summary>
internal sealed class AllowedBytes
{
    public const string FileName = "allowed-bytes.txt";

    private readonly Dictionary<string, long> _bytes = [];

    /// <exception cref="FormatException">A line is neither a comment nor a name and a number, or names what another one has named.</exception>
    public static AllowedBytes Parse(string text)
    {
        AllowedBytes allowed = new();
        foreach (
            string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            if (!line.StartsWith('#'))
            {
                allowed.Add(line);
            }
        }

        return allowed;
    }

    /// <summary>What does not agree with what was measured: too much, too little, too many lines, too few.</summary>
    public List<string> Complaints(IReadOnlyDictionary<string, long> measured)
    {
        List<string> complaints = [];
        foreach ((string name, long bytes) in measured)
        {
            if (!_bytes.TryGetValue(name, out long allowed))
            {
                complaints.Add($"{name} is missing in {FileName}: it allocates {bytes}");
            }
            else if (bytes > allowed)
            {
                complaints.Add($"{name} allocates {bytes} bytes, and may {allowed}");
            }
            else if (bytes < allowed)
            {
                complaints.Add($"{name} may allocate {allowed} bytes, and allocates {bytes}: lower it in {FileName}");
            }
        }

        foreach (string name in _bytes.Keys)
        {
            if (!measured.ContainsKey(name))
            {
                complaints.Add($"{name} in {FileName} is no benchmark");
            }
        }

        return complaints;
    }

    private void Add(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            words.Length != 2
            || !long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            || !_bytes.TryAdd(words[0], bytes)
        )
        {
            throw new FormatException($"\"{line}\" should be a name that no other line has, and a number of bytes");
        }
    }
}
