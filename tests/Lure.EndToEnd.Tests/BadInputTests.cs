using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>Whoever errs is told where and what instead, by an exit code that a script can use.</summary>
public sealed class BadInputTests
{
    private const string Place = @"lure\.toml:\d+:\d+: error E\d{3}: ";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("[listen.a\nbind = \":0\"", 1, TestName = "Wrong TOML")]
    [TestCase("[listen.a]\nbind = \"127.0.0.1:0\"\nto = \"127.0.0.1:1\"\nbindd = 3", 4, TestName = "An unknown key")]
    [TestCase("[process]\ndrain = { deadline = \"30 parsecs\" }", 2, TestName = "A wrong unit")]
    [TestCase("[listen.a]\nbind = \"127.0.0.1:0\"\nto = \"nowhere\"", 3, TestName = "An undefined backend")]
    [TestCase(
        "[listen.a]\nbind = \"127.0.0.1:7\"\nto = \"127.0.0.1:1\"\n[listen.b]\nbind = \"127.0.0.1:7\"\nto = \"127.0.0.1:1\"",
        5,
        TestName = "A duplicate address"
    )]
    public void A_file_with_a_mistake_is_refused_with_its_place(string text, int line)
    {
        var file = _folder.Write("lure.toml", text);

        foreach (var command in new[] { CommandLine.Run, CommandLine.Check })
        {
            var outcome = RelayProcess.Complete(command, CommandLine.File, file);

            Assert.That(outcome.ExitCode, Is.EqualTo(1), command);
            Assert.That(outcome.Error, Does.Match(Place).And.Contain($"lure.toml:{line}:"), command);
        }
    }

    [Test]
    public void All_mistakes_of_a_file_are_told_in_one_run()
    {
        var file = _folder.Write(
            "lure.toml",
            """
            [process]
            workers = "many"
            maxxconn = 5
            [listen.a]
            bind = "127.0.0.1:0"
            to = "nowhere"
            """
        );

        var outcome = RelayProcess.Complete(CommandLine.Check, CommandLine.File, file);

        Assert.That(
            outcome.Error,
            Does.Contain("lure.toml:2:").And.Contain("lure.toml:3:").And.Contain("lure.toml:6:")
        );
    }

    [Test]
    public void A_good_file_passes_the_check_and_nothing_is_started()
    {
        var file = _folder.Write("lure.toml", "[listen.a]\nbind = \"127.0.0.1:0\"\nto = \"127.0.0.1:1\"");
        var outcome = RelayProcess.Complete(CommandLine.Check, CommandLine.File, file);
        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Not.Contain("listening on"));
    }

    [Test]
    public void A_file_that_is_not_there_is_named()
    {
        var outcome = RelayProcess.Complete(CommandLine.Run, CommandLine.File, _folder.PathOf("absent.toml"));
        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("absent.toml"));
    }

    [TestCase("--nonsense")]
    [TestCase("127.0.0.1:0")]
    [TestCase("127.0.0.1:0", "127.0.0.1:1", "--workers", "some")]
    [TestCase("127.0.0.1:0", "127.0.0.1:1", "--balance", "luck")]
    [TestCase("run", "-c")]
    [TestCase("127.0.0.1:notaport", "127.0.0.1:1")]
    [TestCase("127.0.0.1:0", "127.0.0.1")]
    public void A_wrong_command_line_is_a_usage_error(params string[] arguments)
    {
        var outcome = RelayProcess.Complete(arguments);
        Assert.That(outcome.ExitCode, Is.EqualTo(2));
        Assert.That(outcome.Error, Is.Not.Empty);
    }

    [TestCase("--help")]
    [TestCase("run", "--help")]
    [TestCase("check", "--help")]
    [TestCase("demo", "--help")]
    [TestCase("version")]
    [Category("Smoke")]
    public void Who_asks_is_answered(params string[] arguments)
    {
        var outcome = RelayProcess.Complete(arguments);
        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Is.Not.Empty);
    }

    [Test]
    public void A_server_whose_name_does_not_resolve_is_an_error_with_its_line()
    {
        var file = _folder.Write(
            "lure.toml",
            "[listen.a]\nbind = \"127.0.0.1:0\"\nto = \"b\"\n[backend.b]\nservers = [\"no-such-host.invalid:1\"]"
        );
        var outcome = RelayProcess.Complete(CommandLine.Run, CommandLine.File, file);
        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("lure.toml:5:").And.Contain("no-such-host.invalid"));
    }
}
