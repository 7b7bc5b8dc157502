using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using Lure.EndToEnd.Tests.Peers;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests.Relay;

/// <summary>
/// The program, running: the binary named by LURE_BINARY, else the one that was built with the tests.
/// </summary>
internal sealed class RelayProcess : IDisposable
{
    private readonly Process _process;
    private readonly ProcessOutput _output;

    private RelayProcess(IEnumerable<string> arguments, bool traces = false)
    {
        // A shell that runs these tests in the background has SIGINT ignored, and children inherit that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", Binary])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        if (traces)
        {
            start.Environment["LURE_TRACE"] = "1";
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start };
        _output = new ProcessOutput(_process);
        _process.Start();
        // A run that is broken off must not leave a relay behind.
        AppDomain.CurrentDomain.ProcessExit += OnTestsExit;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Files = new ProcessFiles(_process.Id);
    }

    public static string Binary { get; } =
        Environment.GetEnvironmentVariable("LURE_BINARY") is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : BuiltBinary();

    public ProcessFiles Files { get; }

    /// <summary>Where it listens, by what it said.</summary>
    public IReadOnlyList<EndPoint> EndPoints { get; private set; } = [];

    public EndPoint EndPoint => EndPoints[0];

    /// <summary>Descriptors open before the first session.</summary>
    public int DescriptorsAtRest { get; private set; }

    public IReadOnlyList<SessionEnd> Sessions => _output.Sessions;

    public string Error => _output.Error;

    public string Output => _output.All;

    public int Id => _process.Id;

    /// <summary>Starts it and waits until it has said where it listens.</summary>
    public static RelayProcess Start(params string[] arguments) => AwaitListening(new RelayProcess(arguments));

    /// <summary>Starts it before one backend; at its end it says what its loops have allocated.</summary>
    public static RelayProcess Traced(Backend backend, params string[] flags) =>
        AwaitListening(new RelayProcess([CommandLine.AnyPort, backend.Address, .. flags], traces: true));

    /// <summary>Starts it before one backend or more, with the session log in json.</summary>
    public static RelayProcess Before(IEnumerable<Backend> backends, params string[][] flags) =>
        Start([
            CommandLine.AnyPort,
            .. backends.Select(backend => backend.Address),
            .. CommandLine.LogFormat("json"),
            .. flags.SelectMany(flag => flag),
        ]);

    public static RelayProcess Before(Backend backend, params string[][] flags) => Before([backend], flags);

    /// <summary>Runs it to its end, which must come by itself.</summary>
    public static Outcome Complete(params string[] arguments)
    {
        using var relay = new RelayProcess(arguments);
        return relay.AwaitExit();
    }

    public Peer Connect() => Peer.Connect(EndPoint);

    public void Signal(Signal signal) => Kernel.Signal(Id, signal);

    /// <summary>Stops it between two instructions, so that the kernel alone answers the peers.</summary>
    public void Freeze()
    {
        Signal(EndToEnd.Tests.Signal.Stop);
        Eventually.Holds(() => Files.State, Is.EqualTo("T"), "the stop of the relay");
    }

    public void Thaw() => Signal(EndToEnd.Tests.Signal.Continue);

    /// <summary>Asks it to drain and waits for its end.</summary>
    public Outcome Terminate()
    {
        Signal(EndToEnd.Tests.Signal.Terminate);
        return AwaitExit();
    }

    public Outcome AwaitExit()
    {
        Assert.That(_process.WaitForExit(Peer.Patience), Is.True, () => $"the program did not end; it said:\n{Output}");
        // Without a time limit it also waits for the last lines.
        _process.WaitForExit();
        Assert.That(_output.All, Does.Not.Contain("   at "), "a user saw a stack trace");
        return new Outcome(_process.ExitCode, _output.Output, _output.Error);
    }

    /// <summary>Waits for what the log says about that client's session.</summary>
    public SessionEnd SessionOf(string client)
    {
        SessionEnd? Find() => Sessions.LastOrDefault(session => session.Client == client);
        Eventually.Holds(
            () => Find() is not null || _process.HasExited,
            Is.True,
            $"the log's line about the session of {client}"
        );
        Assert.That(Find(), Is.Not.Null, () => $"the relay ended without a word about {client}; it said:\n{Output}");
        return Find()!;
    }

    /// <summary>Waits until every descriptor that sessions had is returned.</summary>
    public void AwaitRest() => AwaitDescriptors(0);

    /// <summary>Waits until sessions have no more than that many descriptors.</summary>
    public void AwaitDescriptors(int count) =>
        Eventually.Holds(
            () => Files.Descriptors,
            Is.LessThanOrEqualTo(DescriptorsAtRest + count),
            "descriptors returned"
        );

    /// <summary>Nothing that happened to it may have made it print a stack trace or end.</summary>
    public void AssertSound()
    {
        Assert.That(_process.HasExited, Is.False, () => $"the relay ended; it said:\n{Output}");
        Assert.That(_output.All, Does.Not.Contain("   at "), "a user saw a stack trace");
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnTestsExit;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static RelayProcess AwaitListening(RelayProcess relay)
    {
        try
        {
            Assert.That(
                relay._output.Listening.Wait(Peer.Patience) && relay._output.Listening.Result is not null,
                Is.True,
                () => $"{relay._process.StartInfo.FileName} does not listen, it said:\n{relay.Output}"
            );
            relay.EndPoints = [.. ProcessOutput.Addresses(relay._output.Listening.Result!)];
            relay.DescriptorsAtRest = relay.Files.Descriptors;
            return relay;
        }
        catch
        {
            relay.Dispose();
            throw;
        }
    }

    /// <summary>Beside the tests' own output, of the same configuration, with the program's runtime identifier.</summary>
    private static string BuiltBinary()
    {
        var tests = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var configuration = Path.GetFileName(tests);
        return Path.GetFullPath(Path.Combine(tests, "../../Lure.Linux", configuration + "_linux-x64", "lure"));
    }

    private void OnTestsExit(object? sender, EventArgs arguments) => Dispose();
}

/// <summary>How a run of the program ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);
