using System;
using System.IO;
using System.Threading;
using Lure.Linux.Commands;

namespace Lure.Linux.Simulation;

/// <summary>
/// Ends the process, with the reason on its output, when something that is simulated does not end. There is no other
/// way: the thread cannot be stopped from outside, and would keep its CPU for ever.
/// </summary>
internal sealed class StallGuard : IDisposable
{
    private const int LooksPerSecond = 4;

    /// <summary>A seed takes milliseconds; a machine that is busy makes it a few hundred.</summary>
    private const int SecondsOfOne = 30;

    /// <summary>A failure is shortened by some thousands of runs.</summary>
    private const int SecondsOfMany = 600;

    private readonly StallWatch _watch;
    private readonly TextWriter _output;
    private readonly Timer _timer;

    /// <param name="places">Threads that run something.</param>
    /// <param name="output">For the reason.</param>
    public StallGuard(int places, TextWriter output)
    {
        (_watch, _output) = (new StallWatch(places), output);
        _timer = new Timer(_ => Look(), null, 1_000 / LooksPerSecond, 1_000 / LooksPerSecond);
    }

    /// <summary>A seed begins at a place.</summary>
    public void Begin(int place, ulong seed) => _watch.Begin(place, seed, SecondsOfOne * LooksPerSecond);

    /// <summary>Something else begins at a place: one run, or the many that shorten a failure.</summary>
    public void Begin(int place, string what, bool many = false) =>
        _watch.Begin(place, what, (many ? SecondsOfMany : SecondsOfOne) * LooksPerSecond);

    /// <summary>It has ended.</summary>
    public void End(int place) => _watch.End(place);

    /// <summary>The line that says what is wrong; it begins as that of any seed that failed.</summary>
    public static string Reason(string what) =>
        $"{what}: it does not end, and no check could stop it: a loop that makes no call any more, or a simulator that "
        + "hangs. Its thread cannot be stopped from outside, so the whole process ends here.";

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (_watch.Look() is { } stalled)
        {
            _output.WriteLine();
            _output.WriteLine(Reason(stalled));
            _output.Flush();
            Environment.Exit(ExitCode.Refused);
        }
    }
}
