using System.Collections.Generic;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Addresses whose port or path is wrong or missing.</summary>
[TestFixture]
internal sealed class AddressErrorTests
{
    [TestCaseSource(nameof(Cases))]
    public void IsTold(string toml, string expected) => Assert.That(CheckedFile.Output(toml), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "": an address is missing
                2 | bind = ""
                  |        ^^  as in ":7000"
            """
        )
        {
            TestName = "Empty",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"7000\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "7000": the port is missing
                2 | bind = "7000"
                  |        ^^^^^^  did you mean ":7000"?
            """
        )
        {
            TestName = "BarePort",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"127.0.0.1\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "127.0.0.1": the port is missing
                2 | bind = "127.0.0.1"
                  |        ^^^^^^^^^^^  as in "127.0.0.1:7000"
            """
        )
        {
            TestName = "NoPort",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\"db\"]"),
            """
            t.toml:3:7: error E014: bad address "db": the port is missing
                3 | to = ["db"]
                  |       ^^^^  as in "db:5432"
            """
        )
        {
            TestName = "NoPortName",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"[::1]\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "[::1]": the port is missing
                2 | bind = "[::1]"
                  |        ^^^^^^^  as in "[::1]:7000"
            """
        )
        {
            TestName = "NoPortIPv6",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":65536\"\nto = \":2\""),
            """
            t.toml:2:8: error E015: port 65536 is out of range
                2 | bind = ":65536"
                  |        ^^^^^^^^  0 to 65535
            """
        )
        {
            TestName = "PortTooLarge",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":-1\"\nto = \":2\""),
            """
            t.toml:2:8: error E015: "-1" is not a port
                2 | bind = ":-1"
                  |        ^^^^^  write its number, as in ":7000"
            """
        )
        {
            TestName = "PortNegative",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":http\"\nto = \":2\""),
            """
            t.toml:2:8: error E015: "http" is not a port
                2 | bind = ":http"
                  |        ^^^^^^^  write its number, as in ":7000"
            """
        )
        {
            TestName = "PortName",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"127.0.0.1:\"\nto = \":2\""),
            """
            t.toml:2:8: error E015: "" is not a port
                2 | bind = "127.0.0.1:"
                  |        ^^^^^^^^^^^^  write its number, as in ":7000"
            """
        )
        {
            TestName = "PortMissing",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\":0\"]"),
            """
            t.toml:3:7: error E015: port 0 is out of range
                3 | to = [":0"]
                  |       ^^^^  1 to 65535
            """
        )
        {
            TestName = "ServerPort0",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"/run/lure.sock\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "/run/lure.sock": a unix socket begins with unix:
                2 | bind = "/run/lure.sock"
                  |        ^^^^^^^^^^^^^^^^  did you mean "unix:/run/lure.sock"?
            """
        )
        {
            TestName = "PathWithoutPrefix",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"unix:lure.sock\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "unix:lure.sock": a unix socket has an absolute path or a name
                2 | bind = "unix:lure.sock"
                  |        ^^^^^^^^^^^^^^^^  "unix:/run/lure.sock" or "unix:@name"
            """
        )
        {
            TestName = "PathRelative",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"unix:\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "unix:": a unix socket has an absolute path or a name
                2 | bind = "unix:"
                  |        ^^^^^^^  "unix:/run/lure.sock" or "unix:@name"
            """
        )
        {
            TestName = "PathEmpty",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"unix:/run/\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "unix:/run/": a unix socket has an absolute path or a name
                2 | bind = "unix:/run/"
                  |        ^^^^^^^^^^^^  "unix:/run/lure.sock" or "unix:@name"
            """
        )
        {
            TestName = "PathDirectory",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"unix:/run/a b\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "unix:/run/a b": spaces and control characters are not allowed in it
                2 | bind = "unix:/run/a b"
                  |        ^^^^^^^^^^^^^^^
            """
        )
        {
            TestName = "PathSpace",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener(
                "[listen.b]\nbind = \"unix:/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"\nto = \":2\""
            ),
            """
            t.toml:2:8: error E016: the path of a unix socket has 108 bytes
                2 | bind = "unix:/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
                  |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^  the kernel takes 107: choose a shorter one
            """
        )
        {
            TestName = "PathLong",
        };
    }
}
