using System;
using System.IO;
using System.Net.Sockets;
using Lure.Linux.Sockets;
using NUnit.Framework;

namespace Lure.Linux.Tests.Sockets;

internal sealed class UnixListenerTests
{
    private const int Mode = 0b110_000_000;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void A_path_can_be_connected_to_and_is_gone_at_the_end()
    {
        UnixListener listener = Open("s");
        using Socket client = Connect(_folder["s"]);
        bool connected = client.Connected;
        listener.Dispose();

        Assert.That(connected, Is.True);
        Assert.That(File.Exists(_folder["s"]), Is.False);
    }

    [Test]
    public void Its_mode_is_the_one_asked_for_whatever_the_umask_is([Values(0b110_000_000, 0b110_110_110)] int mode)
    {
        using UnixListener? listener = UnixListener.Open(Binds.Unix(_folder["s"]), mode, out _);
        Assert.That((int)File.GetUnixFileMode(_folder["s"]), Is.EqualTo(mode));
    }

    [Test]
    public void An_abstract_name_can_be_connected_to()
    {
        string name = $"lure-test-{Guid.NewGuid():N}";
        using UnixListener? listener = UnixListener.Open(Binds.Unix("@" + name), Mode, out ListenError? error);
        using Socket client = Connect("\0" + name);

        Assert.That(error, Is.Null);
        Assert.That(client.Connected, Is.True);
        Assert.That(AddressText.Of(listener!.Address), Is.EqualTo("unix:@" + name));
    }

    [Test]
    public void A_socket_that_nobody_answers_on_is_replaced()
    {
        using (Socket crashed = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // Bound by a symbolic detour: .NET removes what it bound when it closes.
            crashed.Bind(new UnixDomainSocketEndPoint(_folder["before"]));
            File.Move(_folder["before"], _folder["s"]);
        }

        Assert.That(File.Exists(_folder["s"]), Is.True, "the crash left its socket behind");
        using UnixListener listener = Open("s");
        using Socket client = Connect(_folder["s"]);
        Assert.That(client.Connected, Is.True);
    }

    [Test]
    public void A_live_server_keeps_its_path()
    {
        using UnixListener first = Open("s");

        using UnixListener? second = UnixListener.Open(Binds.Unix(_folder["s"]), Mode, out ListenError? error);

        Assert.That(second, Is.Null);
        Assert.That(error?.Errno, Is.EqualTo("EADDRINUSE"));
        Assert.That(error!.Message, Does.Contain("a live server answers there"));
        using Socket client = Connect(_folder["s"]);
        Assert.That(client.Connected, Is.True);
    }

    [Test]
    public void A_taken_abstract_name_is_refused()
    {
        string name = $"@lure-test-{Guid.NewGuid():N}";
        using UnixListener? first = UnixListener.Open(Binds.Unix(name), Mode, out _);
        using UnixListener? second = UnixListener.Open(Binds.Unix(name), Mode, out ListenError? error);
        Assert.That(second, Is.Null);
        Assert.That(error?.Errno, Is.EqualTo("EADDRINUSE"));
    }

    [Test]
    public void An_ordinary_file_is_never_removed()
    {
        _folder.Write("s", "precious");
        using UnixListener? listener = UnixListener.Open(Binds.Unix(_folder["s"]), Mode, out ListenError? error);

        Assert.That(listener, Is.Null);
        Assert.That(error?.Cause, Is.EqualTo("there is a file that is not a socket"));
        Assert.That(File.ReadAllText(_folder["s"]), Is.EqualTo("precious"));
    }

    [Test]
    public void A_missing_directory_is_named_as_the_cause()
    {
        using UnixListener? listener = UnixListener.Open(Binds.Unix(_folder["no/s"]), Mode, out ListenError? error);
        Assert.That(listener, Is.Null);
        Assert.That(error?.Errno, Is.EqualTo("ENOENT"));
        Assert.That(error!.Cause, Is.EqualTo("its directory does not exist"));
    }

    [Test]
    public void What_a_successor_made_is_left_to_it()
    {
        UnixListener first = Open("s");
        first.Unpublish();
        using UnixListener second = Open("s");
        first.Dispose();
        using Socket client = Connect(_folder["s"]);
        Assert.That(client.Connected, Is.True);
    }

    [Test]
    public void A_socket_that_took_the_place_of_ours_is_not_removed()
    {
        UnixListener first = Open("s");
        File.Delete(_folder["s"]);
        using UnixListener second = Open("s");
        first.Dispose();
        Assert.That(File.Exists(_folder["s"]), Is.True);
    }

    private UnixListener Open(string name)
    {
        UnixListener? listener = UnixListener.Open(Binds.Unix(_folder[name]), Mode, out ListenError? error);
        Assert.That(error, Is.Null);
        return listener!;
    }

    private static Socket Connect(string path)
    {
        Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
        return client;
    }
}
