using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Threading.Tasks;
using Lure.EndToEnd.Tests.Peers;
using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>Unix sockets in front and behind: paths are made, kept and removed as an owner would.</summary>
public sealed class UnixSocketTests
{
    private static readonly Pattern Up = new(9, Direction.Up);
    private static readonly Pattern Down = new(9, Direction.Down);

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Bytes_pass_from_one_unix_socket_to_another_and_the_path_is_gone_at_the_end()
    {
        using var backend = Backend.Listening(new UnixDomainSocketEndPoint(_folder.PathOf("backend")));
        var path = _folder.PathOf("front");
        using var relay = RelayProcess.Start($"unix:{path}", backend.Address);

        AssertServes(relay, backend, 1 << 20);
        relay.AwaitRest();

        Assert.That(relay.Terminate().ExitCode, Is.Zero);
        Assert.That(File.Exists(path), Is.False, "the path after the end");
    }

    [Test]
    public void A_TCP_listener_leads_to_a_unix_server_and_back()
    {
        using var unix = Backend.Listening(new UnixDomainSocketEndPoint(_folder.PathOf("backend")));
        using var toUnix = RelayProcess.Before(unix);
        AssertServes(toUnix, unix, 100_000);

        using var tcp = Backend.Listening();
        using var toTcp = RelayProcess.Start($"unix:{_folder.PathOf("front")}", tcp.Address);
        AssertServes(toTcp, tcp, 100_000);
    }

    [Test]
    public void All_workers_serve_one_unix_socket()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Start([
            $"unix:{_folder.PathOf("front")}",
            backend.Address,
            .. CommandLine.Workers(4),
        ]);
        for (var round = 0; round < 40; round++)
        {
            AssertServes(relay, backend, 100);
        }

        Assert.That(relay.Terminate().ExitCode, Is.Zero);
    }

    [Test]
    public void A_stale_path_is_replaced()
    {
        var path = _folder.PathOf("front");
        // What a process leaves that was killed: the path without anyone behind it. The base
        // library removes the path of a socket that it disposes, hence the second name.
        using (var left = Backend.Listening(new UnixDomainSocketEndPoint(_folder.PathOf("left"))))
        {
            File.Move(_folder.PathOf("left"), path);
        }

        Assert.That(File.Exists(path), Is.True);

        using var backend = Backend.Listening();
        using var relay = RelayProcess.Start($"unix:{path}", backend.Address);
        AssertServes(relay, backend, 100);
    }

    [Test]
    public void A_path_on_which_somebody_answers_is_refused_and_left_alone()
    {
        using var owner = Backend.Listening(new UnixDomainSocketEndPoint(_folder.PathOf("front")));
        using var backend = Backend.Listening();

        var outcome = RelayProcess.Complete(owner.Address, backend.Address);

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain(_folder.PathOf("front")));
        owner.DropPending();
        using var client = Peer.Connect(owner.EndPoint);
        using var server = owner.Accept();
        client.SendAll(Up, 10);
        Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(10, StreamEnd.Fin)));
    }

    [Test]
    public void A_file_that_is_no_socket_is_never_removed()
    {
        var path = _folder.Write("front", "precious");
        using var backend = Backend.Listening();

        var outcome = RelayProcess.Complete($"unix:{path}", backend.Address);

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(File.ReadAllText(path), Is.EqualTo("precious"));
    }

    [Test]
    public void The_mode_of_the_path_is_as_configured()
    {
        using var backend = Backend.Listening();
        var path = _folder.PathOf("front");
        using var relay = _folder.Run(
            $"""
            [listen.a]
            bind = "unix:{path}"
            mode = "0600"
            to = "{backend.Address}"
            """
        );

        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        AssertServes(relay, backend, 100);
    }

    [Test]
    public void An_abstract_name_serves_and_leaves_nothing()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"@lure-test-{System.Environment.ProcessId}");
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Start($"unix:{name}", backend.Address);
        AssertServes(relay, backend, 100);

        var second = RelayProcess.Complete($"unix:{name}", backend.Address);

        Assert.That(second.ExitCode, Is.EqualTo(1));
        AssertServes(relay, backend, 100);
    }

    private static void AssertServes(RelayProcess relay, Backend backend, int count)
    {
        using var client = relay.Connect();
        using var server = backend.Accept();
        var sending = Task.Run(() => client.SendAll(Up, count));
        Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(count, StreamEnd.Fin)));
        sending.Wait();
        var answering = Task.Run(() => server.SendAll(Down, count));
        Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(count, StreamEnd.Fin)));
        answering.Wait();
    }
}
