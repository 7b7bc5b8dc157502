using System.Linq;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Sim;
using NUnit.Framework;
using static Lure.Core.Tests.Loop.Called.CalledLoop;

namespace Lure.Core.Tests.Loop.Called;

/// <summary>What differs when a server is reached over a unix socket, and when only one of two is.</summary>
[TestFixture]
internal sealed class UnixServerTests
{
    private static readonly SocketAddress s_unix = FakeAddress.Unix(9);

    /// <summary>A read of a unix socket stops at a passed descriptor, with more behind it and no edge to come.</summary>
    [Test]
    public void It_is_read_until_nothing_is_left_and_a_tcp_server_is_not([Values] bool unix)
    {
        using CalledLoop loop = new(options => options, unix ? [s_unix] : [LoopBench.ServerAddress(0)]);
        loop.Establish();
        loop.Answer(calls => calls.Receive(Server), 3, -Errno.Again);

        string[] made = loop.Turn((Server, Readiness.In));
        Assert.That(made.Count(call => call == "Receive 10"), Is.EqualTo(unix ? 2 : 1));
        Assert.That(made, Does.Contain("Send 4 3"));
    }

    [Test]
    public void What_was_said_of_the_first_server_does_not_hold_for_the_next([Values] bool unixFirst)
    {
        SocketAddress[] servers = unixFirst
            ? [s_unix, LoopBench.ServerAddress(0)]
            : [LoopBench.ServerAddress(0), s_unix];
        using CalledLoop loop = new(options => options, servers);
        loop.Answer(calls => calls.Connect(Server), -Errno.ConnectionRefused);
        loop.Answer(calls => calls.Connect(NextServer), 0);
        loop.Connect();

        ConnectionFlags flags = loop.FlagsOf(0);
        Assert.That(flags.Phase(), Is.EqualTo(Phase.Relaying));
        Assert.That(flags.Has(ConnectionFlags.ServerUnix), Is.EqualTo(!unixFirst));
        Assert.That(flags.Has(ConnectionFlags.NoDelayDue), Is.EqualTo(unixFirst));
    }
}
