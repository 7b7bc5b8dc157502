using System;
using System.Linq;
using Lure.Core.Backends;
using Lure.Linux.Configuration;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>The sockaddr bytes that an address becomes (ip(7), ipv6(7), unix(7)).</summary>
[TestFixture]
internal sealed class AddressTests
{
    private const string AnyIPv6 = "0A001B58" + "00000000" + "00000000000000000000000000000000" + "00000000";
    private const string LoopbackIPv6 = "0A001B58" + "00000000" + "00000000000000000000000000000001" + "00000000";
    private const string LinkLocal = "0A001B58" + "00000000" + "FE800000000000000000000000000001" + "01000000";
    private const string LoopbackIPv4 = "02001B58" + "7F000001" + "0000000000000000";

    [TestCase(":7000", AnyIPv6, true)]
    [TestCase("[::]:7000", AnyIPv6, false)]
    [TestCase("0.0.0.0:7000", "02001B58" + "00000000" + "0000000000000000", false)]
    [TestCase("127.0.0.1:7000", LoopbackIPv4, false)]
    [TestCase("[::1]:7000", LoopbackIPv6, false)]
    [TestCase("[::ffff:127.0.0.1]:7000", LoopbackIPv4, false)]
    [TestCase("[fe80::1%lo]:7000", LinkLocal, false)]
    [TestCase("[fe80::1%1]:7000", LinkLocal, false)]
    [TestCase("127.0.0.1:0", "02000000" + "7F000001" + "0000000000000000", false)]
    [TestCase("unix:/a//b/../c", "0100" + "2F612F63" + "00", false)]
    [TestCase("unix:@n:1", "0100" + "00" + "6E3A31", false)]
    public void ToListenOn(string text, string bytes, bool anyFamily)
    {
        BindAddress bind = CheckedFile
            .Settings($"[listen.x]\nbind = \"{text}\"\nto = \":2\"")
            .Listeners[0]
            .Binds.Single();

        Assert.Multiple(() =>
        {
            Assert.That(Convert.ToHexString(bind.Address.Bytes), Is.EqualTo(bytes));
            Assert.That((bind.Text, bind.AnyFamily), Is.EqualTo((text, anyFamily)));
        });
    }

    [TestCase(":7000", LoopbackIPv4)]
    [TestCase("one.internal:7000", "02001B58" + "0A000001" + "0000000000000000")]
    [TestCase("[fe80::1%lo]:7000", LinkLocal)]
    [TestCase("unix:/run/pg", "0100" + "2F72756E2F7067" + "00")]
    public void ToConnectTo(string text, string bytes)
    {
        ServerSpec server = CheckedFile
            .Settings($"[listen.x]\nbind = \":9\"\nto = \"{text}\"")
            .Backends[0]
            .Servers.Single();

        Assert.Multiple(() =>
        {
            Assert.That(Convert.ToHexString(server.Address.Bytes), Is.EqualTo(bytes));
            Assert.That(server.Name, Is.EqualTo(text));
        });
    }

    [Test]
    public void ANameToListenOnIsAllItsAddresses()
    {
        ListenSettings listener = CheckedFile
            .Settings("[listen.x]\nbind = \"localhost:7000\"\nto = \":2\"")
            .Listeners.Single();

        Assert.That(
            listener.Binds.Select(bind => Convert.ToHexString(bind.Address.Bytes)),
            Is.EqualTo(new[] { LoopbackIPv4, LoopbackIPv6 })
        );
    }

    [Test]
    public void EachAddressOfAServersNameIsAServer()
    {
        const string Server = "{ name = \"db\", addr = \"db.internal:7000\", weight = 3 }";

        BackendSpec backend = CheckedFile.Settings($"[listen.x]\nbind = \":9\"\nto = [{Server}]").Backends.Single();

        Assert.Multiple(() =>
        {
            Assert.That(backend.Servers.Select(server => server.Name), Is.EqualTo(new[] { "db", "db#2" }));
            Assert.That(backend.Servers.Select(server => server.Weight), Is.EqualTo(new[] { 3, 3 }));
            Assert.That(
                backend.Servers.Select(server => Convert.ToHexString(server.Address.Bytes)[8..16]),
                Is.EqualTo(new[] { "0A000007", "0A000008" })
            );
        });
    }

    [TestCase("bare.internal", "\"bare.internal\" does not resolve: no such name, or it has no address")]
    [TestCase("slow.internal", "\"slow.internal\" does not resolve: no name server answers (TryAgain)")]
    public void ANameWithoutAnAddressIsAnError(string name, string message) =>
        Assert.That(
            CheckedFile.Output($"[listen.x]\nbind = \":9\"\nto = \"{name}:1\""),
            Does.StartWith("t.toml:3:6: error E017: " + message)
        );

    [Test]
    public void NumericAddressesAreNotLookedUpAndNamesOnce()
    {
        int lookups = 0;
        var names = new NameLookup(name =>
        {
            lookups++;
            return CheckedFile.Resolve(name);
        });
        var source = new SourceText(
            "t",
            "[listen.x]\nbind = \"127.0.0.1:1\"\nto = [\"one.internal:1\", \"one.internal:2\"]"
        );

        Settings? settings = ConfigurationReader.Read(source, names, new ProblemList { Source = source });

        Assert.That((settings is not null, lookups), Is.EqualTo((true, 1)));
    }

    [TestCase('/', 107)]
    [TestCase('@', 108)]
    public void TheLongestPathFits(char first, int length)
    {
        string path = first + new string('x', length - 1);

        BindAddress bind = CheckedFile
            .Settings($"[listen.x]\nbind = \"unix:{path}\"\nto = \":2\"")
            .Listeners[0]
            .Binds.Single();

        Assert.That(bind.Address.Length, Is.EqualTo(110));
    }

    [TestCase(":1", ":2")]
    [TestCase("0.0.0.0:1", "[::]:1")]
    [TestCase("127.0.0.1:1", "127.0.0.2:1")]
    [TestCase("127.0.0.1:1", "[::1]:1")]
    [TestCase("127.0.0.1:0", "127.0.0.1:0")]
    [TestCase("[fe80::1%1]:1", "[fe80::1%2]:1")]
    [TestCase("unix:/run/a", "unix:@/run/a")]
    public void AddressesThatDoNotOverlapAreTaken(string one, string other)
    {
        string toml = $"[listen.x]\nbind = [\"{one}\", \"{other}\"]\nto = \":9\"";

        Assert.That(CheckedFile.Settings(toml).Listeners.Single().Binds, Has.Length.EqualTo(2));
    }
}
