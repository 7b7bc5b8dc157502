using System.Collections.Generic;
using System.Linq;
using Lure.Bench.Commands;
using Lure.Bench.Relays;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

internal sealed class RelayChoiceTests
{
    [Test]
    public void A_rival_that_is_missing_is_named_with_its_package()
    {
        List<string> notes = [];
        RelayKind[] installed = [.. RelayChoice.Installed([new LureRelay("/bin/true"), new BareRelay(null)], notes)];

        Assert.That(installed.Select(relay => relay.Name), Is.EqualTo(new[] { "lure" }));
        Assert.That(
            notes,
            Is.EqualTo(new[] { "bare C is left out, it is not installed: apt-get install gcc libc6-dev" })
        );
    }

    [TestCase("haproxy", null)]
    [TestCase("nginx", null)]
    [TestCase("bare", null)]
    [TestCase("lure=/bin/true", null)]
    [TestCase("lure=/nowhere", "/nowhere does not exist")]
    [TestCase("envoy", "envoy is not known: use haproxy, nginx, bare, or lure=PATH for another build")]
    public void A_word_that_names_nobody_is_refused(string word, string? complaint) =>
        Assert.That(RelayChoice.Complain(word), Is.EqualTo(complaint));
}
