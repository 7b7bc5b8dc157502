using System.Collections.Generic;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Values of the wrong type, out of range, or unknown.</summary>
[TestFixture]
internal sealed class ValueErrorTests
{
    [TestCaseSource(nameof(Cases))]
    public void IsTold(string toml, string expected) => Assert.That(CheckedFile.Output(toml), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers = \"4\""),
            """
            t.toml:2:11: error E006: "workers" is a whole number, not a text
                2 | workers = "4"
                  |           ^^^  1 to 256, without quotes
            """
        )
        {
            TestName = "NumberAsText",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[log]\nto = 1"),
            """
            t.toml:2:6: error E006: "to" is a text, not a whole number
                2 | to = 1
                  |      ^  texts stand in quotes
            """
        )
        {
            TestName = "TextAsNumber",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nmaxconn = 1e4"),
            """
            t.toml:2:11: error E006: "maxconn" is a whole number, not a decimal number
                2 | maxconn = 1e4
                  |           ^^^  1 to 2097152, without quotes
            """
        )
        {
            TestName = "NumberAsDecimal",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("process = 4"),
            """
            t.toml:1:11: error E006: "process" is a table, not a whole number
                1 | process = 4
                  |           ^  write [process]
            """
        )
        {
            TestName = "SectionAsValue",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[[log]]\nto = \"none\""),
            """
            t.toml:1:1: error E006: "log" is a table, not a list
                1 | [[log]]
                  | ^^^^^^^  write [log]
            """
        )
        {
            TestName = "SectionAsList",
        };
        yield return new TestCaseData(
            "[[listen]]\nbind = \":5\"",
            """
            t.toml:1:1: error E006: "listen" is a table, not a list
                1 | [[listen]]
                  | ^^^^^^^^^^  write [listen.NAME]
            """
        )
        {
            TestName = "ListenWithoutName",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\ndrain = \"30s\""),
            """
            t.toml:2:9: error E006: "drain" is a table, not a text
                2 | drain = "30s"
                  |         ^^^^^  write drain = { … }
            """
        )
        {
            TestName = "TableAsValue",
        };
        yield return new TestCaseData(
            "[backend.a]\nservers = [{ addr = \":3\", backup = \"yes\" }]\n[listen.b]\nbind = \":5\"\nto = \"a\"",
            """
            t.toml:2:36: error E006: "backup" is true or false, not a text
                2 | servers = [{ addr = ":3", backup = "yes" }]
                  |                                    ^^^^^  without quotes
            """
        )
        {
            TestName = "BooleanAsText",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers = 0\n"),
            """
            t.toml:2:11: error E008: "workers" is out of range: 0
                2 | workers = 0
                  |           ^  1 to 256; leave it out for one a CPU
            """
        )
        {
            TestName = "RangeOfWorkers",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nmaxconn = 9223372036854775807\n"),
            """
            t.toml:2:11: error E008: "maxconn" is out of range: 9223372036854775807
                2 | maxconn = 9223372036854775807
                  |           ^^^^^^^^^^^^^^^^^^^  1 to 2097152
            """
        )
        {
            TestName = "RangeOfMaxconn",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener(
                "[backend.b]\nretry = { servers = 8 }\neject = { failures = 1001, for = \"0ms\" }\nservers = [{ addr = \":1\", weight = 257, maxconn = 0 }]\n[listen.b]\nbind = \":9\"\nto = \"b\""
            ),
            """
            t.toml:2:21: error E008: "servers" is out of range: 8
                2 | retry = { servers = 8 }
                  |                     ^  0 to 7
            t.toml:3:22: error E008: "failures" is out of range: 1001
                3 | eject = { failures = 1001, for = "0ms" }
                  |                      ^^^^  0 to 1000
            t.toml:3:34: error E008: "0ms" is out of range
                3 | eject = { failures = 1001, for = "0ms" }
                  |                                  ^^^^^  1ms to 30d
            t.toml:4:36: error E008: "weight" is out of range: 257
                4 | servers = [{ addr = ":1", weight = 257, maxconn = 0 }]
                  |                                    ^^^  1 to 256
            t.toml:4:51: error E008: "maxconn" is out of range: 0
                4 | servers = [{ addr = ":1", weight = 257, maxconn = 0 }]
                  |                                                   ^  1 to 2097152; leave it out for no limit
            5 errors
            """
        )
        {
            TestName = "RangesOfBackend",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener(
                "[backend.b]\nbalance = \"leastcon\"\nservers = \":1\"\n[listen.b]\nbind = \":9\"\nto = \"b\""
            ),
            """
            t.toml:2:11: error E009: unknown value "leastcon"
                2 | balance = "leastcon"
                  |           ^^^^^^^^^^  did you mean "leastconn"?
            """
        )
        {
            TestName = "UnknownBalance",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[log]\nformat = \"xml\""),
            """
            t.toml:2:10: error E009: unknown value "xml"
                2 | format = "xml"
                  |          ^^^^^  one of: haproxy, json, logfmt
            """
        )
        {
            TestName = "UnknownFormat",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"unix:/run/b.sock\"\nto = \":2\"\nmode = 660"),
            """
            t.toml:4:8: error E006: "mode" is a text, not a whole number
                4 | mode = 660
                  |        ^^^  texts stand in quotes
            """
        )
        {
            TestName = "ModeOfADecimal",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \"unix:/run/b.sock\"\nto = \":2\"\nmode = \"0688\""),
            """
            t.toml:4:8: error E018: bad mode "0688"
                4 | mode = "0688"
                  |        ^^^^^^  three octal digits, as in "0660"
            """
        )
        {
            TestName = "ModeOutOfRange",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = [\"unix:@b\", \":9\"]\nto = \":2\"\nmode = \"0666\""),
            """
            t.toml:4:8: error E019: [listen.b] has no unix socket with a path
                4 | mode = "0666"
                  |        ^^^^^^  the mode is that of a path: remove it
            """
        )
        {
            TestName = "ModeWithoutPath",
        };
    }
}
