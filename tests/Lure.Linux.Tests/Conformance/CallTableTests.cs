using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lure.Linux.Conformance;
using Lure.Sim;
using Lure.Sim.Conformance;
using Lure.Sim.Conformance.Table;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Linux.Tests.Conformance;

/// <summary>
/// What this machine's kernel answers to every call in every situation is what was recorded for the tests of the fake.
/// LURE_UPDATE=1 records anew: what the kernel answers each time, and the fake as well.
/// </summary>
internal sealed class CallTableTests
{
    /// <summary>A machine under load may let a timer of the kernel fall between two steps; not each time.</summary>
    private const int Tries = 10;

    /// <summary>Of the scripts: after a FIN that was sent, the acknowledgement of it comes by such a timer.</summary>
    private const double MostThatVary = 0.06;

    private static string Record => Checkout.PathOf("tests", "Lure.Sim.Tests", "Recorded", "calls.txt");

    private ScriptRunner<LinuxSocketApi> _kernel = null!;

    [Test]
    public void This_kernel_answers_as_recorded()
    {
        using DescriptorHoles holes = new();
        _kernel = new ScriptRunner<LinuxSocketApi>(new LinuxSocketApi(new FreshAddresses()));
        if (Environment.GetEnvironmentVariable("LURE_UPDATE") == "1")
        {
            File.WriteAllLines(Record, Recorded());
        }

        Queue<string> lines = new(File.ReadLines(Record));
        (int scripts, int varying) = (0, 0);
        foreach (Situation situation in CallTable.Situations)
        {
            Assert.That(lines.Dequeue(), Is.EqualTo(CallTable.HeadOf(situation)));
            foreach (CallScript script in CallTable.ScriptsOf(situation))
            {
                string expected = lines.Dequeue();
                bool varies = expected == script.Varying;
                (scripts, varying) = (scripts + 1, varying + (varies ? 1 : 0));
                Assert.That(varies ? expected : Answers(script, expected), Is.EqualTo(expected), script.Text);
            }
        }

        Assert.That(lines, Is.Empty);
        Assert.That(varying, Is.LessThan(MostThatVary * scripts));
    }

    private string Answers(CallScript script, string expected)
    {
        string real = "";
        for (int i = 0; i < Tries && real != expected; i++)
        {
            real = script.LineOf(_kernel);
        }

        return real;
    }

    private IEnumerable<string> Recorded()
    {
        FakeWorld world = new();
        foreach (Situation situation in CallTable.Situations)
        {
            yield return CallTable.HeadOf(situation);
            foreach (CallScript script in CallTable.ScriptsOf(situation))
            {
                string line = script.LineOf(_kernel);
                bool isSure =
                    script.LinesOfTheFake(world).Contains(line)
                    && Enumerable.Range(0, Tries).All(_ => script.LineOf(_kernel) == line);
                yield return isSure ? line : script.Varying;
            }
        }
    }
}
