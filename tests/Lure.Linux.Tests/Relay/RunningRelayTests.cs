using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using Lure.Core.Records;
using Lure.Linux.Configuration;
using Lure.Linux.Machine;
using Lure.Linux.Relay;
using Lure.Linux.Sockets;
using Lure.Linux.Tests.Kernel;
using Lure.Linux.Tests.Sockets;
using NUnit.Framework;

namespace Lure.Linux.Tests.Relay;

internal sealed class RunningRelayTests
{
    private const long Minute = 60_000_000_000;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void It_relays_on_every_kind_of_address()
    {
        using RelayUnderTest test = new(Binds.Loopback(), Binds.LoopbackIPv6(), Binds.Unix(_folder["s"]));
        for (int address = 0; address < 3; address++)
        {
            using Socket client = test.Connect(address);
            Assert.That(RelayUnderTest.Echo(client, "over the relay"), Is.EqualTo("over the relay"));
        }
    }

    [Test]
    public void It_tells_what_it_was_started_with()
    {
        using RelayUnderTest test = new(Binds.Loopback());
        Assert.That(test.Relay.Limits.Workers, Is.EqualTo(2));
        Assert.That(test.Relay.Limits.MaxConnections, Is.EqualTo(100));
        Assert.That(test.Relay.Records, Has.Length.EqualTo(2));
        Assert.That(test.Relay.HasEnded, Is.False);
    }

    [Test]
    public void A_drain_lets_a_session_finish_and_takes_no_new_one()
    {
        using RelayUnderTest test = new(Binds.Loopback(), Binds.Unix(_folder["s"]));
        using Socket client = test.Connect();
        _ = RelayUnderTest.Echo(client, "before");

        test.Relay.Drain(Minute);

        Assert.That(File.Exists(_folder["s"]), Is.False, "the path goes first");
        Assert.That(RelayUnderTest.Echo(client, "while it drains"), Is.EqualTo("while it drains"));
        Assert.That(test.Relay.HasEnded, Is.False);
        client.Shutdown(SocketShutdown.Send);
        Assert.That(client.Receive(new byte[1]), Is.Zero, "the echo's end comes through");
        Assert.That(test.Ends(), Is.True);
        Assert.That(() => test.Connect().Dispose(), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public void A_drain_ends_at_its_deadline()
    {
        using RelayUnderTest test = new(Binds.Loopback());
        using Socket client = test.Connect();
        _ = RelayUnderTest.Echo(client, "x");
        test.Relay.Drain(1);
        Assert.That(test.Ends(), Is.True);
    }

    [Test]
    public void A_stop_ends_sessions_at_once()
    {
        using RelayUnderTest test = new(Binds.Loopback());
        using Socket client = test.Connect();
        _ = RelayUnderTest.Echo(client, "x");
        test.Relay.Drain(Minute);
        test.Relay.Stop();
        Assert.That(test.Ends(), Is.True);
        Assert.That(test.Relay.Shared.Sessions, Is.Zero);
    }

    [Test]
    public void A_relay_that_is_at_rest_can_be_disposed_of()
    {
        RelayUnderTest test = new(Binds.Loopback());
        Assert.That(test.Dispose, Throws.Nothing);
    }

    [Test]
    public void Counters_and_records_of_all_workers_can_be_read_after_the_end()
    {
        const int Clients = 16;
        using RelayUnderTest test = new(Binds.Loopback());
        for (int client = 0; client < Clients; client++)
        {
            using Socket socket = test.Connect();
            _ = RelayUnderTest.Echo(socket, "12345");
        }

        test.Relay.Drain(Minute);
        Assert.That(test.Ends(), Is.True);

        List<LoopRecord> ends = [.. test.Relay.Records.SelectMany(TakeAll)];
        Assert.That(ends.Count(record => record.Kind == RecordKind.SessionEnd), Is.EqualTo(Clients));
        Assert.That(test.Relay.Counters.Accepted, Is.EqualTo(Clients));
        Assert.That(test.Relay.Counters.Up, Is.EqualTo(Clients * 5));
        Assert.That(test.Relay.Counters.Down, Is.EqualTo(Clients * 5));
    }

    [Test]
    public void Starts_and_ends_leave_no_epoll_and_no_eventfd_behind()
    {
        StartAndStop();
        int before = KernelObjects();
        for (int round = 0; round < 5; round++)
        {
            StartAndStop();
        }

        Assert.That(KernelObjects(), Is.EqualTo(before));
    }

    [Test]
    public void A_second_instance_is_refused_and_the_first_serves_on()
    {
        using RelayUnderTest test = new(Binds.Loopback());
        int port = PrintedAddress.Port(test.Relay.Addresses[0].Address);

        StartException? refused = Assert.Throws<StartException>(() =>
            RunningRelay.Start(RelayUnderTest.Settings(Addresses.Loopback(1), Binds.Loopback(port))).Dispose()
        );

        Assert.That(((ListenError)refused!.Errors.Single()).Errno, Is.EqualTo("EADDRINUSE"));
        using Socket client = test.Connect();
        Assert.That(RelayUnderTest.Echo(client, "still here"), Is.EqualTo("still here"));
    }

    [Test]
    public void A_limit_that_does_not_fit_is_refused_before_anything_is_opened()
    {
        Settings settings = RelayUnderTest.Settings(Addresses.Loopback(1), Binds.Unix(_folder["s"])) with
        {
            MaxConnections = 2_000_000,
        };
        StartException? refused = Assert.Throws<StartException>(() => RunningRelay.Start(settings).Dispose());
        Assert.That(refused!.Errors.Single(), Is.InstanceOf<LimitError>());
        Assert.That(File.Exists(_folder["s"]), Is.False);
    }

    private static void StartAndStop()
    {
        using RelayUnderTest test = new(Binds.Loopback());
        using Socket client = test.Connect();
        _ = RelayUnderTest.Echo(client, "x");
    }

    /// <summary>Not sockets: those of the runtime are closed when it finds the time.</summary>
    private static int KernelObjects() =>
        Directory
            .GetFileSystemEntries("/proc/self/fd")
            .Select(entry => new FileInfo(entry).LinkTarget)
            .Count(target => target is not null && target.StartsWith("anon_inode:", StringComparison.Ordinal));

    private static IEnumerable<LoopRecord> TakeAll(RecordRing ring)
    {
        while (ring.TryTake(out LoopRecord record))
        {
            yield return record;
        }
    }
}
