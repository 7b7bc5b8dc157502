using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Lure.Linux.Commands;
using Lure.Linux.Configuration;
using Lure.Linux.Demo;
using Lure.Linux.Tests.Logging;
using NUnit.Framework;

namespace Lure.Linux.Tests.Demo;

/// <summary>The whole of it, small and short.</summary>
[TestFixture]
internal sealed class DemonstrationTests
{
    [Test]
    public async Task DrivesThenStaysUpThenDrains()
    {
        using EchoBackend backend = new();
        backend.Start();
        using Pipe log = new();
        using WatchedOutput output = new();
        using Demonstration demonstration = Demonstration.Start(Plan(backend.Address, log.WriteEnd));

        Task<int> run = Task.Run(() => demonstration.Run(output, terminal: false));
        _ = output.AwaitLine("4 clients that stay and 4 that come and go");
        string address = output.AwaitLine("The relay stays up on");
        _ = output.AwaitLine("Ctrl-C here drains");
        string byHand = EchoByHand(demonstration.Address, "hello\n");
        string line = log.ReadLine();
        demonstration.Drain();

        Assert.Multiple(() =>
        {
            Assert.That(address, Does.Contain($"{demonstration.Address}. "));
            Assert.That(byHand, Is.EqualTo("hello\n"));
            Assert.That(line, Does.Contain(" demo demo/echo ").And.Contain(" -- ").And.Contain("up=6 down=6"));
            Assert.That(output.AwaitLine("draining"), Does.Contain("at most 2 s"));
            Assert.That(output.AwaitLine("sessions"), Does.Match("^  sessions +[1-9]"));
            Assert.That(output.AwaitLine("lost bytes"), Does.Match(@"\d from clients, \d+ from the server$"));
            Assert.That(output.AwaitLine("self-checks"), Does.EndWith(" 0 failed"));
        });
        Assert.That(await run.ConfigureAwait(false), Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public async Task AWrongByteEndsIt()
    {
        using FalseServer server = new(bytes => [.. bytes[..^1], (byte)~bytes[^1]]);
        using WatchedOutput output = new();
        DemoPlan plan = Plan(server.Address, 1) with
        {
            Duration = TimeSpan.FromSeconds(10),
            StayingClients = 1,
            PassingClients = 0,
        };
        using Demonstration demonstration = Demonstration.Start(plan);

        Task<int> run = Task.Run(() => demonstration.Run(output, terminal: false));

        Assert.That(
            output.AwaitLine("failed: "),
            Does.StartWith("lure: the demo failed: client 0: byte 63 of 64 came")
        );
        Assert.That(await run.ConfigureAwait(false), Is.EqualTo(ExitCode.Refused));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task EndsInTheMiddleOfTheDrivenPhase(bool drains)
    {
        using EchoBackend backend = new();
        backend.Start();
        using WatchedOutput output = new();
        DemoPlan plan = Plan(backend.Address, 1) with { Duration = TimeSpan.FromHours(1) };
        using Demonstration demonstration = Demonstration.Start(plan);

        Task<int> run = Task.Run(() => demonstration.Run(output, terminal: false));
        _ = output.AwaitLine("median");
        (drains ? (Action)demonstration.Drain : demonstration.Stop)();

        _ = output.AwaitLine("summary");
        Assert.That(await run.ConfigureAwait(false), Is.EqualTo(ExitCode.Done));
    }

    private static DemoPlan Plan(IPEndPoint server, int log) =>
        new()
        {
            Binds = [new BindAddress("127.0.0.1:0", SocketAddresses.Of(IPAddress.Loopback, 0), AnyFamily: false)],
            Server = server,
            Duration = TimeSpan.FromMilliseconds(50),
            StayingClients = 4,
            PassingClients = 4,
            LogDescriptor = log,
        };

    private static string EchoByHand(IPEndPoint relay, string text)
    {
        using Socket client = new(relay.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        client.Connect(relay);
        _ = client.Send(Encoding.UTF8.GetBytes(text));
        client.Shutdown(SocketShutdown.Send);
        StringBuilder received = new();
        byte[] buffer = new byte[64];
        while (client.Receive(buffer) is > 0 and int count)
        {
            _ = received.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return received.ToString();
    }
}
