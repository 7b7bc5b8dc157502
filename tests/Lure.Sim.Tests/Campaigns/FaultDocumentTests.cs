using System;
using System.IO;
using Lure.Sim.Faults;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Sim.Tests.Campaigns;

/// <summary>docs/simulation.md tells of every fault, and whether it injures.</summary>
[TestFixture]
[Category("Long")]
public sealed class FaultDocumentTests
{
    private static readonly string s_text = File.ReadAllText(Checkout.PathOf("docs", "simulation.md"));

    [Test]
    public void Every_fault_is_there([Values] Fault fault)
    {
        string kind =
            Sim.Campaigns.NotYet.Has(fault) ? ""
            : Swarm.IsEveryday(fault) ? "everyday"
            : "injures";

        Assert.That(s_text, Does.Contain($"| {fault.Code()} | {fault} | {kind}"));
    }

    [Test]
    public void Codes_are_given_once()
    {
        string[] codes = Array.ConvertAll(Enum.GetValues<Fault>(), fault => fault.Code());

        Assert.That(codes, Is.Unique);
    }
}
