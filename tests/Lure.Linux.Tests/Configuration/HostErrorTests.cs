using System.Collections.Generic;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Addresses whose host is wrong.</summary>
[TestFixture]
internal sealed class HostErrorTests
{
    [TestCaseSource(nameof(Cases))]
    public void IsTold(string toml, string expected) => Assert.That(CheckedFile.Output(toml), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"::1\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "::1": the port is missing
                2 | bind = "::1"
                  |        ^^^^^  as in "[::1]:7000"
            """
        )
        {
            TestName = "BareIPv6",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"2001:db8::1:7000\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "2001:db8::1:7000": IPv6 stands in brackets
                2 | bind = "2001:db8::1:7000"
                  |        ^^^^^^^^^^^^^^^^^^  did you mean "[2001:db8::1]:7000"?
            """
        )
        {
            TestName = "IPv6WithoutBrackets",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"[::1:7000\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "[::1:7000": [::1 is not an IPv6 address
                2 | bind = "[::1:7000"
                  |        ^^^^^^^^^^^  as in "[::1]:7000"
            """
        )
        {
            TestName = "IPv6NotClosed",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"[127.0.0.1]:7000\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "[127.0.0.1]:7000": [127.0.0.1] is not an IPv6 address
                2 | bind = "[127.0.0.1]:7000"
                  |        ^^^^^^^^^^^^^^^^^^  as in "[::1]:7000"
            """
        )
        {
            TestName = "NotIPv6",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"[fe80::1%nosuchif0]:7000\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "[fe80::1%nosuchif0]:7000": there is no interface "nosuchif0"
                2 | bind = "[fe80::1%nosuchif0]:7000"
                  |        ^^^^^^^^^^^^^^^^^^^^^^^^^^  ip link shows those of this host
            """
        )
        {
            TestName = "NoInterface",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"10.0.0.256:7000\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "10.0.0.256:7000": 10.0.0.256 is not an IPv4 address
                2 | bind = "10.0.0.256:7000"
                  |        ^^^^^^^^^^^^^^^^^  four numbers from 0 to 255
            """
        )
        {
            TestName = "NotIPv4",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\"010.0.0.1:5432\"]"),
            """
            t.toml:3:7: error E014: bad address "010.0.0.1:5432": 010.0.0.1 is not an IPv4 address
                3 | to = ["010.0.0.1:5432"]
                  |       ^^^^^^^^^^^^^^^^  four numbers from 0 to 255
            """
        )
        {
            TestName = "OctalIPv4",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\"10.1:5432\"]"),
            """
            t.toml:3:7: error E014: bad address "10.1:5432": 10.1 is not an IPv4 address
                3 | to = ["10.1:5432"]
                  |       ^^^^^^^^^^^  four numbers from 0 to 255
            """
        )
        {
            TestName = "ShortIPv4",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\"0x7f000001:5432\"]"),
            """
            t.toml:3:7: error E014: bad address "0x7f000001:5432": 0x7f000001 is not an IPv4 address
                3 | to = ["0x7f000001:5432"]
                  |       ^^^^^^^^^^^^^^^^^  four numbers from 0 to 255
            """
        )
        {
            TestName = "HexIPv4",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"*:7000\"\nto = \":2\""),
            """
            t.toml:2:8: error E014: bad address "*:7000": a port alone means every address
                2 | bind = "*:7000"
                  |        ^^^^^^^^  did you mean ":7000"?
            """
        )
        {
            TestName = "Star",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\"tcp://10.0.0.1:5432/\"]"),
            """
            t.toml:3:7: error E014: bad address "tcp://10.0.0.1:5432/": an address has no scheme
                3 | to = ["tcp://10.0.0.1:5432/"]
                  |       ^^^^^^^^^^^^^^^^^^^^^^  did you mean "10.0.0.1:5432"?
            """
        )
        {
            TestName = "Scheme",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\"0.0.0.0:5432\"]"),
            """
            t.toml:3:7: error E014: bad address "0.0.0.0:5432": nothing connects to 0.0.0.0
                3 | to = ["0.0.0.0:5432"]
                  |       ^^^^^^^^^^^^^^  this host is "127.0.0.1:5432"
            """
        )
        {
            TestName = "ServerUnspecified",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\"[::]:5432\"]"),
            """
            t.toml:3:7: error E014: bad address "[::]:5432": nothing connects to [::]
                3 | to = ["[::]:5432"]
                  |       ^^^^^^^^^^^  this host is "[::1]:5432"
            """
        )
        {
            TestName = "ServerUnspecified6",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\"bücher.example:80\"]"),
            """
            t.toml:3:7: error E014: bad address "bücher.example:80": "ü" is not allowed in a host name
                3 | to = ["bücher.example:80"]
                  |       ^^^^^^^^^^^^^^^^^^^  an international name has a form in ASCII: xn--…
            """
        )
        {
            TestName = "Accent",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\"a..b:80\"]"),
            """
            t.toml:3:7: error E014: bad address "a..b:80": this is not a host name
                3 | to = ["a..b:80"]
                  |       ^^^^^^^^^  labels of letters and digits, 253 characters at most
            """
        )
        {
            TestName = "EmptyLabel",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\"nope.invalid:5432\"]"),
            """
            t.toml:3:7: error E017: "nope.invalid" does not resolve: no such name, or it has no address
                3 | to = ["nope.invalid:5432"]
                  |       ^^^^^^^^^^^^^^^^^^^  getent hosts nope.invalid asks the same
            """
        )
        {
            TestName = "NameUnknown",
        };
    }
}
