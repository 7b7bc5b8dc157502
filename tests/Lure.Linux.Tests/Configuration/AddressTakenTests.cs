using System.Collections.Generic;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Addresses that overlap: the kernel would refuse the second one at the start.</summary>
[TestFixture]
internal sealed class AddressTakenTests
{
    [TestCaseSource(nameof(Cases))]
    public void IsTold(string toml, string expected) => Assert.That(CheckedFile.Output(toml), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":1\"\nto = \":2\""),
            """
            t.toml:5:8: error E024: ":1" is bound twice
                5 | bind = ":1"
                  |        ^^^^  taken by [listen.b] on line 2
            """
        )
        {
            TestName = "AddressTwice",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = [\"127.0.0.1:9\", \"127.0.0.1:9\"]\nto = \":2\""),
            """
            t.toml:2:24: error E024: "127.0.0.1:9" is bound twice
                2 | bind = ["127.0.0.1:9", "127.0.0.1:9"]
                  |                        ^^^^^^^^^^^^^  taken by [listen.b] on line 2
            """
        )
        {
            TestName = "AddressTwiceInAList",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"0.0.0.0:1\"\nto = \":2\""),
            """
            t.toml:5:8: error E024: ":1" overlaps with "0.0.0.0:1"
                5 | bind = ":1"
                  |        ^^^^  taken by [listen.b] on line 2
            """
        )
        {
            TestName = "AnyOverIPv4",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"[::]:1\"\nto = \":2\""),
            """
            t.toml:5:8: error E024: ":1" overlaps with "[::]:1"
                5 | bind = ":1"
                  |        ^^^^  taken by [listen.b] on line 2
            """
        )
        {
            TestName = "AnyOverIPv6",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"127.0.0.1:1\"\nto = \":2\""),
            """
            t.toml:5:8: error E024: ":1" overlaps with "127.0.0.1:1"
                5 | bind = ":1"
                  |        ^^^^  taken by [listen.b] on line 2
            """
        )
        {
            TestName = "AnyOverOne",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = [\"127.0.0.1:9\", \"0.0.0.0:9\"]\nto = \":2\""),
            """
            t.toml:2:24: error E024: "0.0.0.0:9" overlaps with "127.0.0.1:9"
                2 | bind = ["127.0.0.1:9", "0.0.0.0:9"]
                  |                        ^^^^^^^^^^^  taken by [listen.b] on line 2
            """
        )
        {
            TestName = "AllIPv4OverOne",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = [\"127.0.0.1:9\", \"[::ffff:127.0.0.1]:9\"]\nto = \":2\""),
            """
            t.toml:2:24: error E024: "[::ffff:127.0.0.1]:9" overlaps with "127.0.0.1:9"
                2 | bind = ["127.0.0.1:9", "[::ffff:127.0.0.1]:9"]
                  |                        ^^^^^^^^^^^^^^^^^^^^^^  taken by [listen.b] on line 2
            """
        )
        {
            TestName = "MappedIsIPv4",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = [\"unix:/run/a\", \"unix:/run//x/../a\"]\nto = \":2\""),
            """
            t.toml:2:24: error E024: "unix:/run//x/../a" overlaps with "unix:/run/a"
                2 | bind = ["unix:/run/a", "unix:/run//x/../a"]
                  |                        ^^^^^^^^^^^^^^^^^^^  taken by [listen.b] on line 2
            """
        )
        {
            TestName = "PathTwice",
        };
    }
}
