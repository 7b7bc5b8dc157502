using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lure.Linux.Configuration;
using Lure.Linux.Conformance;
using Lure.Linux.Kernel;
using Lure.Linux.Tests.Relay;
using Lure.Linux.Tests.Sockets;
using Lure.Sim.Conformance;
using Lure.Sim.Conformance.Notes;
using NUnit.Framework;

namespace Lure.Linux.Tests.Kernel.Batches;

/// <summary>
/// Batches of a ring are answered as single calls are. Where this machine refuses a ring these tests
/// show that what is done instead is answered so.
/// </summary>
internal sealed class RingEqualityTests
{
    private const int Seeds = 500;

    /// <summary>As with single calls, a timer of a loaded machine may fall between two steps.</summary>
    private const int Tries = 10;

    private static IEnumerable<TestCaseData> Scripts =>
        KernelNotes
            .Topics.SelectMany(topic => topic.Scripts)
            .Select(script => new TestCaseData(script).SetArgDisplayNames(script.Name));

    private KernelUnderTest _kernel = null!;

    [SetUp]
    public void Make() => _kernel = new KernelUnderTest(new KernelOptions { BatchesByRing = true });

    [TearDown]
    public void Close()
    {
        Assert.That(_kernel.Options.Batches.Incomplete, Is.Zero);
        _kernel.Dispose();
    }

    [TestCaseSource(nameof(Scripts))]
    public void A_named_script_has_the_same_trace(NamedScript script)
    {
        using DescriptorHoles holes = new();
        Conformer<RingSocketApi> conformer = MakeConformer();
        Step[] steps = ScriptText.Parse(script.Text);
        int told = ScriptText.Parse(script.Script).Length;
        string trace = "";
        for (int i = 0; i < Tries && trace != script.Expected; i++)
        {
            (_, string[] answers) = conformer.Play(steps);
            trace = string.Join("; ", answers[^told..]);
        }

        Assert.That(trace, Is.EqualTo(script.Expected));
    }

    [Test]
    public void Random_scripts_have_the_same_traces()
    {
        using DescriptorHoles holes = new();
        Conformer<RingSocketApi> conformer = MakeConformer();
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            conformer.Compare(seed);
        }

        Assert.That(conformer.Divergences, Is.Empty);
        Assert.That(conformer.Calls, Is.GreaterThan(20 * Seeds));
        Assert.That(_kernel.Options.Batches.Refusal == 0, Is.EqualTo(_kernel.Options.Batches.Operations > Seeds));
    }

    [Test]
    public void A_relay_serves_with_batches_by_ring()
    {
        using RelayUnderTest relay = new(settings => settings with { Batch = BatchKind.IoUring }, Binds.Loopback());
        System.Net.Sockets.Socket[] clients = [.. Enumerable.Range(0, 20).Select(_ => relay.Connect())];
        string text = new StringBuilder().Insert(0, "0123456789", 10_000).ToString();
        Assert.That(clients.Select(client => RelayUnderTest.Echo(client, text)), Is.All.EqualTo(text));
        System.Array.ForEach(clients, client => client.Dispose());
        relay.Relay.Stop();
        Assert.That(relay.Ends(), Is.True);
        Assert.That(relay.Relay.Batches.Sum(batches => batches.Incomplete), Is.Zero);
    }

    private Conformer<RingSocketApi> MakeConformer() =>
        new(new RingSocketApi(new LinuxSocketApi(new FreshAddresses()), _kernel.Calls));
}
