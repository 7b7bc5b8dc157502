using System;
using System.Linq;
using Lure.Linux.Configuration;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Whatever a file holds, reading it ends, and with an answer.</summary>
[TestFixture]
internal sealed class NastyFileTests
{
    private const string Valid = """
        [process]
        drain = { deadline = "30s" }
        [listen.pg]
        bind = [":5432", "unix:/run/pg.sock"]
        to = "pg"
        [backend.pg]
        servers = ["10.0.0.1:5432", { name = "b", addr = "10.0.0.2:5432", weight = 2 }]
        """;

    [Test]
    public void AFileCutOffAnywhereIsReadOrRefused() =>
        Assert.Multiple(() =>
        {
            for (int length = 0; length < Valid.Length; length++)
            {
                string output = CheckedFile.Output(Valid[..length]);
                Assert.That(output, Does.Contain("error E").Or.EqualTo("ok"), Valid[..length]);
            }
        });

    [Test]
    public void AFileWithAnyCharacterReplacedIsReadOrRefused() =>
        Assert.Multiple(() =>
        {
            foreach (char c in "\"'[]{}=,.\n\\#:\0é")
            {
                for (int at = 0; at < Valid.Length; at++)
                {
                    string toml = Valid[..at] + c + Valid[(at + 1)..];
                    string output = CheckedFile.Output(toml);
                    Assert.That(output, Does.Contain("error E").Or.EqualTo("ok"), toml);
                }
            }
        });

    [Test]
    public void NestingIsBounded()
    {
        string toml = "a = " + new string('[', 100_000);

        Assert.That(
            CheckedFile.Output(toml),
            Is.EqualTo("t.toml: error E003: lists and tables are nested too deeply; no key takes more than two levels")
        );
    }

    [Test]
    public void ALongPathOfKeysIsOneUnknownKey()
    {
        string toml = string.Concat(Enumerable.Repeat("a.", 20_000)) + "b = 1";

        Assert.That(CheckedFile.Output(CheckedFile.WithListener(toml)), Does.StartWith("t.toml:1:1: error E005"));
    }

    [Test]
    public void OfManySyntaxErrorsTheFirstOnesAreTold()
    {
        string toml = string.Concat(Enumerable.Repeat("workers = x\n", 1_000));

        string[] lines = CheckedFile.Output(toml).Split('\n');

        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Does.Contain($"only the first {TomlSyntax.ErrorsMax} syntax errors are shown"));
            Assert.That(lines[^1], Is.EqualTo($"{TomlSyntax.ErrorsMax + 1} errors"));
        });
    }

    [Test]
    public void OneMistakeHidesNoOther()
    {
        const string Toml = """
            [process]
            workers = four
            maxcon = 1
            [log]
            to = "none
            format = json
            """;

        string[] errors =
        [
            .. CheckedFile.Output(Toml).Split('\n').Where(line => line.StartsWith("t.toml", StringComparison.Ordinal)),
        ];

        Assert.That(
            errors,
            Is.EqualTo(
                new[]
                {
                    "t.toml:2:11: error E003: four is not a value",
                    "t.toml:3:1: error E005: unknown key \"maxcon\" in [process]",
                    "t.toml:5:11: error E003: the text is not closed",
                    "t.toml:6:10: error E003: json is not a value",
                }
            )
        );
    }

    [Test]
    public void NothingIsCalledMissingWhileAPartIsNotUnderstood()
    {
        const string Toml = """
            [listen.pg
            bind = ":5432"
            to = "pg"
            [backend.pg]
            servers = ":1"
            """;

        Assert.That(CheckedFile.Output(Toml), Does.StartWith("t.toml:1:11: error E003").And.Not.Contain("E022"));
    }
}
