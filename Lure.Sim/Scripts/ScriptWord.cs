using System.Collections.Generic;

namespace Lure.Sim.Scripts;

/// <summary>A word of a line and where it stands, from 1 on.</summary>
internal readonly record struct ScriptWord(string Text, int Column)
{
    /// <summary>Takes a line apart at its spaces; what follows a # is a comment.</summary>
    public static void Split(string line, List<ScriptWord> words)
    {
        words.Clear();
        int at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
            {
                at++;
            }

            if (at == line.Length || line[at] == '#')
            {
                return;
            }

            int start = at;
            while (at < line.Length && !char.IsWhiteSpace(line[at]))
            {
                at++;
            }

            words.Add(new ScriptWord(line[start..at], start + 1));
        }
    }

    /// <summary>The two halves of name=value; a value of null when there is no sign.</summary>
    public (string Name, string? Value, int ValueColumn) Halves()
    {
        int sign = Text.IndexOf('=', System.StringComparison.Ordinal);
        return sign < 0 ? (Text, null, Column + Text.Length) : (Text[..sign], Text[(sign + 1)..], Column + sign + 1);
    }
}
