using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lure.Linux.Conformance;
using Lure.Sim.Conformance;
using Lure.Sim.Conformance.Notes;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Linux.Tests.Conformance;

/// <summary>What is claimed of sockets, played on the fake kernel and on this machine's.</summary>
internal sealed class NamedScriptTests
{
    /// <summary>A machine under load may let a timer of the kernel fall between two steps; not each time.</summary>
    private const int Tries = 10;

    private static IEnumerable<TestCaseData> Scripts =>
        KernelNotes
            .Topics.SelectMany(topic => topic.Scripts)
            .Select(script => new TestCaseData(script).SetArgDisplayNames(script.Name));

    [TestCaseSource(nameof(Scripts))]
    public void Both_kernels_agree(NamedScript script)
    {
        using DescriptorHoles holes = new();
        Conformer<LinuxSocketApi> conformer = new(new LinuxSocketApi(new FreshAddresses()));
        Step[] steps = ScriptText.Parse(script.Text);
        int told = ScriptText.Parse(script.Script).Length;
        string fake = "";
        string real = "";
        for (int i = 0; i < Tries && real != script.Expected; i++)
        {
            (string[] ofFake, string[] ofReal) = conformer.Play(steps);
            fake = string.Join("; ", ofFake[^told..]);
            real = string.Join("; ", ofReal[^told..]);
        }

        Assert.Multiple(() =>
        {
            Assert.That(fake, Is.EqualTo(script.Expected), "the fake");
            Assert.That(real, Is.EqualTo(script.Expected), "the real one");
        });
    }

    [Test]
    public void Every_script_has_a_name_of_its_own() =>
        Assert.That(KernelNotes.Topics.SelectMany(topic => topic.Scripts).Select(script => script.Name), Is.Unique);

    [Test]
    public void The_document_says_what_the_table_says() =>
        Assert.That(File.ReadAllText(Checkout.PathOf("docs", "kernel-notes.md")), Is.EqualTo(KernelNotes.Markdown()));
}
