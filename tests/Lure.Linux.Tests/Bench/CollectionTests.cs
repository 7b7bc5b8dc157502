using System.Diagnostics;
using System.Globalization;
using System.IO;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

[NonParallelizable]
internal sealed class CollectionTests
{
    private const int Sessions = 2_000;

    /// <summary>In a process of its own: the counts are the process's, and a test runner allocates all the time.</summary>
    [Test]
    public void A_loaded_relay_with_its_log_on_leaves_nothing_to_the_collector()
    {
        string configuration = new DirectoryInfo(TestContext.CurrentContext.TestDirectory).Name;
        string bench = Checkout.PathOf("artifacts", "bin", "Lure.Bench", configuration, "Lure.Bench");
        string sessions = Sessions.ToString(CultureInfo.InvariantCulture);
        ProcessStartInfo start = new(bench, ["collections", "--sessions", sessions])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string report = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.That(process.ExitCode, Is.Zero, report);
        Assert.That(report, Does.Contain("2,000 sessions").And.Contain(" 0 garbage collections"));
    }
}
