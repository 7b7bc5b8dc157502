using System;
using System.Diagnostics;
using System.IO;
using Lure.Linux.Commands;
using NUnit.Framework;
using Tmds.Linux;

namespace Lure.Linux.Tests.Demo;

/// <summary>The command as a process of its own, ended by a signal.</summary>
[TestFixture]
internal sealed class DemoProcessTests
{
    private const int PatienceMilliseconds = 20_000;

    [TestCase(2, TestName = "{m}(SIGINT)")]
    [TestCase(15, TestName = "{m}(SIGTERM)")]
    public void DrainsOnASignal(int signal)
    {
        using Process demo = Start("demo", "--listen", "127.0.0.1:0");
        try
        {
            string start = demo.StandardOutput.ReadLine() ?? "";
            _ = demo.StandardOutput.ReadLine();
            _ = demo.StandardOutput.ReadLine();
            _ = demo.StandardOutput.ReadLine();
            _ = LibC.kill(demo.Id, signal);
            string rest = demo.StandardOutput.ReadToEnd();

            Assert.Multiple(() =>
            {
                Assert.That(demo.WaitForExit(PatienceMilliseconds), Is.True);
                Assert.That(demo.ExitCode, Is.EqualTo(ExitCode.Done));
                Assert.That(start, Does.StartWith("lure: listening on 127.0.0.1:"));
                Assert.That(rest, Does.Contain("\nsummary\n").And.Match("self-checks +0 failed\n$"));
                Assert.That(rest, Does.Not.Contain('\r').And.Not.Contain('\e'));
                Assert.That(demo.StandardError.ReadToEnd(), Is.Empty);
            });
        }
        finally
        {
            demo.Kill();
        }
    }

    [Test]
    public void SaysHowToChooseAnotherAddress()
    {
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();

        using Process demo = Start("demo", "--listen", $"{taken.LocalEndpoint}");
        string error = demo.StandardError.ReadToEnd();

        Assert.Multiple(() =>
        {
            Assert.That(demo.WaitForExit(PatienceMilliseconds), Is.True);
            Assert.That(demo.ExitCode, Is.EqualTo(ExitCode.Refused));
            Assert.That(
                error,
                Does.StartWith(
                        $"lure: error E050: cannot listen on {taken.LocalEndpoint}: something listens there already"
                    )
                    .And.EndWith("lure: error E050: for example: lure demo --listen 127.0.0.1:7001\n")
            );
        });
    }

    private static Process Start(params string[] arguments)
    {
        // The host of these tests starts the program as well, for on its own it might look for another
        // runtime; and with their list of files, for theirs lie in other places than the program's.
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string files = Path.Combine(AppContext.BaseDirectory, "Lure.Linux.Tests.deps.json");
        string program = Path.Combine(AppContext.BaseDirectory, "lure.dll");
        // A shell that runs these tests in the background has SIGINT ignored, and children inherit that.
        ProcessStartInfo start = new(
            "env",
            ["--default-signal=INT", host, "exec", "--depsfile", files, program, .. arguments]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
