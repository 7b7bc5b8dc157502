using System;
using System.Collections.Generic;
using System.Text;

namespace Lure.Linux.Configuration;

/// <summary>The text of a file, by line and column.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>As the user wrote it.</summary>
    public string Path { get; }

    public string Text { get; }

    public int LineCount => _lineStarts.Count;

    /// <summary>The line of an offset, from 0.</summary>
    public int LineOf(int offset)
    {
        int found = _lineStarts.BinarySearch(offset);
        return found >= 0 ? found : ~found - 1;
    }

    public int StartOf(int line) => _lineStarts[line];

    /// <summary>The offset behind a line with its line feed.</summary>
    public int EndOf(int line) => line + 1 < _lineStarts.Count ? _lineStarts[line + 1] : Text.Length;

    /// <summary>A line without its line end.</summary>
    public ReadOnlySpan<char> Line(int line) => Text.AsSpan()[StartOf(line)..EndOf(line)].TrimEnd("\r\n");

    /// <summary>Line and column as editors count them: from 1, a tab and an emoji are one column each.</summary>
    public (int Line, int Column) PositionOf(int offset)
    {
        int line = LineOf(offset);
        int column = 1;
        foreach (Rune _ in Text.AsSpan()[StartOf(line)..offset].EnumerateRunes())
        {
            column++;
        }

        return (line + 1, column);
    }
}
