using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace Lure.EndToEnd.Tests.Relay;

/// <summary>All lines that a program printed, taken as they come so that a full pipe never holds it up.</summary>
internal sealed partial class ProcessOutput
{
    private readonly List<string> _output = [];
    private readonly List<string> _error = [];
    private readonly List<SessionEnd> _sessions = [];
    private int _parsed;
    private int _ended;
    private readonly TaskCompletionSource<string?> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProcessOutput(Process process)
    {
        process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Take(_error, line.Data);
    }

    /// <summary>The line that says where the program listens; null when it ended without one.</summary>
    public Task<string?> Listening => _listening.Task;

    public string Output => Text(_output);

    public string Error => Text(_error);

    public string All => Output + Error;

    /// <summary>In the order in which they ended.</summary>
    public IReadOnlyList<SessionEnd> Sessions
    {
        get
        {
            lock (_output)
            {
                for (; _parsed < _output.Count; _parsed++)
                {
                    if (SessionEnd.Parse(_output[_parsed]) is { } session)
                    {
                        _sessions.Add(session);
                    }
                }

                return [.. _sessions];
            }
        }
    }

    /// <summary>Every address in a line that says where the program listens.</summary>
    public static IEnumerable<EndPoint> Addresses(string listening)
    {
        foreach (Match match in Address().Matches(listening[listening.IndexOf(Mark, StringComparison.Ordinal)..]))
        {
            if (match.Groups["path"] is { Success: true } path)
            {
                yield return new UnixDomainSocketEndPoint(
                    path.Value.StartsWith('@') ? '\0' + path.Value[1..] : path.Value
                );
            }
            else
            {
                yield return IPEndPoint.Parse(match.Value);
            }
        }
    }

    private const string Mark = "listening on";

    [GeneratedRegex(@"unix:(?<path>[^\s,;]+)|\[[0-9a-fA-F:.]+\]:\d+|\d+\.\d+\.\d+\.\d+:\d+")]
    private static partial Regex Address();

    private void Take(List<string> lines, string? line)
    {
        if (line is null)
        {
            if (Interlocked.Increment(ref _ended) == 2)
            {
                _listening.TrySetResult(null);
            }

            return;
        }

        lock (lines)
        {
            lines.Add(line);
        }

        if (line.Contains(Mark, StringComparison.Ordinal))
        {
            _listening.TrySetResult(line);
        }
    }

    private static string Text(List<string> lines)
    {
        lock (lines)
        {
            return string.Concat(lines.Select(line => line + "\n"));
        }
    }
}
