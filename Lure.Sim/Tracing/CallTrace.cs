using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Lure.Core.Kernel;

namespace Lure.Sim.Tracing;

/// <summary>
/// Every call with its arguments and its result: as a hash that is always kept, and as lines when
/// asked for. The same input gives the same hash on every machine.
/// </summary>
public sealed class CallTrace
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly List<string> _lines = [];
    private TextWriter? _writer;
    private bool _keepsLines;

    internal CallTrace() { }

    /// <summary>Of all calls so far, with the bytes that they moved.</summary>
    public ulong Hash { get; private set; }

    /// <summary>What was kept since <see cref="KeepLines"/>.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Begins to keep a line for each call.</summary>
    public void KeepLines() => _keepsLines = true;

    /// <summary>Begins to write a line for each call.</summary>
    public void WriteTo(TextWriter writer) => _writer = writer;

    /// <summary>As new: no lines, no writer, no hash.</summary>
    internal void Reset()
    {
        _lines.Clear();
        (_writer, _keepsLines, Hash) = (null, false, 0);
    }

    internal void Record(int worker, SyscallKind kind, int fd, long birth, long argument, int result)
    {
        Mix(((ulong)(uint)worker << 32) | (uint)kind);
        Mix((ulong)fd);
        Mix((ulong)birth);
        Mix((ulong)argument);
        Mix((ulong)result);
        if (_keepsLines || _writer is not null)
        {
            Write(Line(worker, kind, fd, birth, argument, result));
        }
    }

    /// <summary>An event that a wait reported.</summary>
    internal void RecordEvent(KernelEvent reported)
    {
        Mix((ulong)reported.Readiness);
        Mix(reported.Token);
        if (_keepsLines || _writer is not null)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"     {reported.Readiness} token={reported.Token:x}"));
        }
    }

    internal void RecordBytes(ReadOnlySpan<byte> bytes)
    {
        const int Lanes = 4;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        int i = 0;
        if (words.Length >= Lanes)
        {
            // Four chains side by side: one would wait for its multiplication at every word.
            (ulong a, ulong b, ulong c, ulong d) = (Hash, ~Hash, 1, 2);
            for (; i <= words.Length - Lanes; i += Lanes)
            {
                a = Mixed(a, words[i]);
                b = Mixed(b, words[i + 1]);
                c = Mixed(c, words[i + 2]);
                d = Mixed(d, words[i + 3]);
            }

            Hash = Mixed(Mixed(a, b), Mixed(c, d));
        }

        for (; i < words.Length; i++)
        {
            Mix(words[i]);
        }

        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
        {
            Mix(rest);
        }
    }

    private static string Line(int worker, SyscallKind kind, int fd, long birth, long argument, int result)
    {
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"w{worker} {kind}");
        if (fd >= 0)
        {
            line.Append(CultureInfo.InvariantCulture, $" fd={fd}#{birth}");
        }

        line.Append(CultureInfo.InvariantCulture, $" {argument} = {ErrnoName.OfResult(result)}");
        return line.ToString();
    }

    private void Write(string line)
    {
        if (_keepsLines)
        {
            _lines.Add(line);
        }

        _writer?.WriteLine(line);
    }

    private void Mix(ulong value) => Hash = Mixed(Hash, value);

    private static ulong Mixed(ulong hash, ulong value)
    {
        ulong mixed = (hash ^ value) * Multiplier;
        return mixed ^ (mixed >> 29);
    }
}
