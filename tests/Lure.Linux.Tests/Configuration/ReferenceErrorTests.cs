using System.Collections.Generic;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Backends, servers and listeners that are missing, unused, empty, or called the same.</summary>
[TestFixture]
internal sealed class ReferenceErrorTests
{
    [TestCaseSource(nameof(Cases))]
    public void IsTold(string toml, string expected) => Assert.That(CheckedFile.Output(toml), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = \"nobody\""),
            """
            t.toml:3:6: error E021: backend "nobody" is not defined
                3 | to = "nobody"
                  |      ^^^^^^^^  add [backend.nobody]; a server has a port: "nobody:5432"
            """
        )
        {
            TestName = "Undefined",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = \"servrs\"\n[backend.servers]\nservers = \":1\""),
            """
            t.toml:3:6: error E021: backend "servrs" is not defined
                3 | to = "servrs"
                  |      ^^^^^^^^  did you mean "servers" (line 4)?
            """
        )
        {
            TestName = "UndefinedNear",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[backend.b]\nservers = \":1\""),
            """
            t.toml:1:10: error E022: no listener leads to backend "b"
                1 | [backend.b]
                  |          ^  remove it, or write to = "b" in a listener
            """
        )
        {
            TestName = "Unused",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[backend.a]\nservers = \":1\""),
            """
            t.toml:3:9: error E023: the servers of [listen.a] would make a second backend "a"
                3 | [listen.a]
                  |         ^  rename the listener, or write to = "a"
            """
        )
        {
            TestName = "NameTaken",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\"c\"]\n[backend.c]\nservers = \":1\""),
            """
            t.toml:3:7: error E014: a list holds servers, and "c" is a backend
                3 | to = ["c"]
                  |       ^^^  write to = "c"
            """
        )
        {
            TestName = "BackendInAList",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = \"\""),
            """
            t.toml:3:6: error E011: "to" is empty
                3 | to = ""
                  |      ^^  it needs a backend's name, a server, or a list of servers
            """
        )
        {
            TestName = "ToEmpty",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener(
                "[listen.b]\nbind = []\nto = []\n[listen.c]\nbind = \":9\"\nto = \"d\"\n[backend.d]\nservers = []"
            ),
            """
            t.toml:2:8: error E011: "bind" is empty
                2 | bind = []
                  |        ^^  it needs at least one address
            t.toml:3:6: error E011: "to" is empty
                3 | to = []
                  |      ^^  it needs a backend's name, a server, or a list of servers
            t.toml:8:11: error E011: "servers" is empty
                8 | servers = []
                  |           ^^  it needs at least one server
            3 errors
            """
        )
        {
            TestName = "EmptyLists",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener(
                "[listen.b]\n[listen.c]\nbind = \":9\"\nto = \"d\"\n[backend.d]\nbalance = \"source\""
            ),
            """
            t.toml:1:1: error E010: [listen.b] has no "bind"
                1 | [listen.b]
                  | ^^^^^^^^^^  add: bind = ":7000"
            t.toml:1:1: error E010: [listen.b] has no "to"
                1 | [listen.b]
                  | ^^^^^^^^^^  add: to = "127.0.0.1:5432"
            t.toml:5:1: error E010: [backend.d] has no servers
                5 | [backend.d]
                  | ^^^^^^^^^^^  add: servers = ["127.0.0.1:5432"]
            3 errors
            """
        )
        {
            TestName = "MissingKeys",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener(
                "[listen.b]\nbind = \":9\"\nto = \"d\"\n[backend.d]\nservers = [{ name = \"x\" }]"
            ),
            """
            t.toml:5:12: error E010: the server has no address
                5 | servers = [{ name = "x" }]
                  |            ^^^^^^^^^^^^^^  add: addr = "127.0.0.1:5432"
            """
        )
        {
            TestName = "ServerWithoutAddress",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener(
                "[listen.b]\nbind = \":9\"\nto = \"d\"\n[backend.d]\nservers = [\n  { name = \"x\", addr = \":1\" },\n  { name = \"x\", addr = \":2\" },\n]"
            ),
            """
            t.toml:7:12: error E025: there is a server "x" on line 6
                7 |   { name = "x", addr = ":2" },
                  |            ^^^  for a larger share of the sessions, set its weight; two of one address need names
            """
        )
        {
            TestName = "ServerNames",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = \":9\"\nto = [\":8\", \":8\"]"),
            """
            t.toml:3:13: error E025: there is a server ":8" on line 3
                3 | to = [":8", ":8"]
                  |             ^^^^  for a larger share of the sessions, set its weight; two of one address need names
            """
        )
        {
            TestName = "ServerTwice",
        };
        yield return new TestCaseData(
            "[process]\nworkers = 2",
            """
            t.toml:1:1: error E012: the file has no listener
                1 | [process]
                  | ^  add [listen.NAME] with bind = ":7000" and to = "127.0.0.1:5432"
            """
        )
        {
            TestName = "NoListener",
        };
        yield return new TestCaseData(
            "[listen]",
            """
            t.toml:1:1: error E012: the file has no listener
                1 | [listen]
                  | ^  add [listen.NAME] with bind = ":7000" and to = "127.0.0.1:5432"
            """
        )
        {
            TestName = "NoListenerEmptyTable",
        };
        yield return new TestCaseData(
            "",
            """
            t.toml:1:1: error E012: the file has no listener
                1 |
                  | ^  add [listen.NAME] with bind = ":7000" and to = "127.0.0.1:5432"
            """
        )
        {
            TestName = "EmptyFile",
        };
        yield return new TestCaseData(
            "# nothing yet\n",
            """
            t.toml:1:1: error E012: the file has no listener
                1 | # nothing yet
                  | ^  add [listen.NAME] with bind = ":7000" and to = "127.0.0.1:5432"
            """
        )
        {
            TestName = "OnlyAComment",
        };
    }
}
