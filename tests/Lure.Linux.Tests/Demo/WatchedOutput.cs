using System;
using System.Collections.Concurrent;
using System.IO;
using System.Text;
using NUnit.Framework;

namespace Lure.Linux.Tests.Demo;

/// <summary>What one thread writes and another waits for, line by line; at most ten seconds for each.</summary>
internal sealed class WatchedOutput : TextWriter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<string> _lines = [];
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value != '\n')
        {
            _ = _line.Append(value);
            return;
        }

        _lines.Add(_line.ToString());
        _ = _line.Clear();
    }

    /// <summary>Skips what comes before it.</summary>
    public string AwaitLine(string part)
    {
        while (true)
        {
            Assert.That(_lines.TryTake(out string? line, s_patience), Is.True, $"no line with \"{part}\" came");
            if (line!.Contains(part, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _lines.Dispose();
        base.Dispose(disposing);
    }
}
