using System;
using System.IO;
using System.Text;
using Lure.Core.Kernel;
using Lure.Linux.Configuration;

namespace Lure.Linux.Sockets;

/// <summary>
/// One unix socket (unix(7)) that all workers share: there are no SO_REUSEPORT groups in this
/// family. Either a path, or a name of the abstract namespace that vanishes with its last socket.
/// </summary>
internal sealed class UnixListener : IDisposable
{
    private const int PathOffset = 2;

    private readonly SetUpSocket _socket;
    private SocketPath? _path;

    private UnixListener(SetUpSocket socket, SocketPath? path, in SocketAddress address)
    {
        _socket = socket;
        _path = path;
        Address = address;
    }

    public SocketAddress Address { get; }

    public int Descriptor => _socket.Descriptor;

    /// <param name="bind">Where.</param>
    /// <param name="mode">Permission bits of the path: who may write to it may connect.</param>
    /// <param name="error">Why it did not work.</param>
    /// <returns>Null on an error.</returns>
    public static UnixListener? Open(BindAddress bind, int mode, out ListenError? error)
    {
        SocketAddress address = bind.Address;
        string? path = PathOf(address);
        int result = SetUpSocket.Open(SocketAddress.FamilyUnix, out SetUpSocket socket);
        if (result < 0)
        {
            error = ListenError.Unix(bind.Text, -result);
            return null;
        }

        SocketPath? published = null;
        result = path is null ? ListenAbstract(socket, address) : Publish(socket, address, path, mode, out published);
        if (result < 0)
        {
            socket.Close();
            error = ListenError.Unix(bind.Text, -result);
            return null;
        }

        error = null;
        return new UnixListener(socket, published, address);
    }

    /// <summary>Takes the path away: nobody new finds it, and a successor may have it. What connected before is still there.</summary>
    public void Unpublish()
    {
        _path?.Remove();
        _path = null;
    }

    public void Dispose()
    {
        Unpublish();
        _socket.Close();
    }

    private static int ListenAbstract(SetUpSocket socket, in SocketAddress address)
    {
        int result = socket.Bind(address);
        return result < 0 ? result : socket.Listen();
    }

    private static int Publish(
        SetUpSocket socket,
        in SocketAddress address,
        string path,
        int mode,
        out SocketPath? made
    )
    {
        made = null;
        // Another lure that starts at this moment could take our socket for a dead one between bind
        // and listen, and remove it.
        using DirectoryLock held = DirectoryLock.Take(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
        int result = socket.Bind(address);
        if (result == -Errno.AddressInUse && (result = SocketPath.RemoveDead(path, address)) == 0)
        {
            result = socket.Bind(address);
        }

        if (result < 0)
        {
            return result;
        }

        made = SocketPath.Of(path);
        try
        {
            // Nobody can connect before listen, so nobody slips in while the mode is a wider one.
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            made?.Remove();
            return -Errno.NotPermitted;
        }

        result = socket.Listen();
        if (result < 0)
        {
            made?.Remove();
        }

        return result;
    }

    /// <summary>Null for an abstract name.</summary>
    private static string? PathOf(in SocketAddress address)
    {
        ReadOnlySpan<byte> name = address.Bytes[PathOffset..];
        if (!name.IsEmpty && name[0] == 0)
        {
            return null;
        }

        int end = name.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
    }
}
