using System.Collections.Generic;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Keys that are unknown or defined twice, and names.</summary>
[TestFixture]
internal sealed class KeyErrorTests
{
    [TestCaseSource(nameof(Cases))]
    public void IsTold(string toml, string expected) => Assert.That(CheckedFile.Output(toml), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return new TestCaseData(
            CheckedFile.WithListener("[proces]\nworkers = 1"),
            """
            t.toml:1:2: error E005: unknown key "proces" in the file
                1 | [proces]
                  |  ^^^^^^  did you mean "process"?
            """
        )
        {
            TestName = "UnknownSection",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[log]\ncolour = \"red\""),
            """
            t.toml:2:1: error E005: unknown key "colour" in [log]
                2 | colour = "red"
                  | ^^^^^^  known here: to, format
            """
        )
        {
            TestName = "UnknownKeyFarFromAll",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nmetrics = \"127.0.0.1:9101\""),
            """
            t.toml:2:1: error E005: unknown key "metrics" in [process]
                2 | metrics = "127.0.0.1:9101"
                  | ^^^^^^^  known here: workers, maxconn, pipes, steer, batch, spin, drain
            """
        )
        {
            TestName = "KeyOfALaterFeature",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("idle = \"1h\""),
            """
            t.toml:1:1: error E005: unknown key "idle" in the file
                1 | idle = "1h"
                  | ^^^^  it belongs to [defaults.timeout]
            """
        )
        {
            TestName = "KeyOutsideOfItsSection",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("process.drain.deadlines = \"1s\""),
            """
            t.toml:1:15: error E005: unknown key "deadlines" in drain
                1 | process.drain.deadlines = "1s"
                  |               ^^^^^^^^^  did you mean "deadline"?
            """
        )
        {
            TestName = "DottedUnknownKey",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\n\"worker\\u0073x\" = 3"),
            """
            t.toml:2:1: error E005: unknown key "workersx" in [process]
                2 | "worker\u0073x" = 3
                  | ^^^^^^^^^^^^^^^  did you mean "workers"?
            """
        )
        {
            TestName = "QuotedKey",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers = 1\nworkers = 2"),
            """
            t.toml:3:1: error E004: "workers" is defined twice
                3 | workers = 2
                  | ^^^^^^^  first on line 2: keep one of them
            """
        )
        {
            TestName = "KeyTwice",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers = 1\n[log]\n[process]\nmaxconn = 2"),
            """
            t.toml:4:1: error E004: [process] is defined twice
                4 | [process]
                  | ^^^^^^^^^  first on line 1: keep one of them
            """
        )
        {
            TestName = "SectionTwice",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("process.workers = 1\n[process]\nmaxconn = 2"),
            """
            t.toml:2:1: error E004: [process] is defined twice
                2 | [process]
                  | ^^^^^^^^^  first on line 1: keep one of them
            """
        )
        {
            TestName = "KeyAndSectionTwice",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("process = { workers = 1, workers = 2 }"),
            """
            t.toml:1:26: error E004: "workers" is defined twice
                1 | process = { workers = 1, workers = 2 }
                  |                          ^^^^^^^  first on line 1: keep one of them
            """
        )
        {
            TestName = "KeyTwiceInline",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("process = { workers = 1 }\n[process.drain]\ndeadline = \"1s\""),
            """
            t.toml:2:2: error E004: "process" is defined twice
                2 | [process.drain]
                  |  ^^^^^^^  first on line 1: keep one of them
            """
        )
        {
            TestName = "InlineTableExtended",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.a]\nbind = \":9\"\nto = \":8\""),
            """
            t.toml:4:1: error E004: [listen.a] is defined twice
                4 | [listen.a]
                  | ^^^^^^^^^^  first on line 1: keep one of them
            """
        )
        {
            TestName = "ListenerTwice",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.\"a b\"]\nbind = \":9\"\nto = \":8\""),
            """
            t.toml:1:9: error E013: bad name "a b"
                1 | [listen."a b"]
                  |         ^^^^^  1 to 64 of the letters a to z, digits, "-", "_" and "."
            """
        )
        {
            TestName = "NameWithSpaces",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[backend.\"\"]\nservers = \":1\""),
            """
            t.toml:1:10: error E013: bad name ""
                1 | [backend.""]
                  |          ^^  1 to 64 of the letters a to z, digits, "-", "_" and "."
            t.toml:1:10: error E022: no listener leads to backend ""
                1 | [backend.""]
                  |          ^^  remove it, or write to = "" in a listener
            2 errors
            """
        )
        {
            TestName = "NameEmpty",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener(
                "[backend.b]\nservers = [{ name = \"a:b\", addr = \":1\" }]\n[listen.b]\nbind = \":9\"\nto = \"b\""
            ),
            """
            t.toml:2:21: error E013: bad name "a:b"
                2 | servers = [{ name = "a:b", addr = ":1" }]
                  |                     ^^^^^  1 to 64 of the letters a to z, digits, "-", "_" and "."
            """
        )
        {
            TestName = "NameOfServer",
        };
    }
}
