using System.Text;
using Lure.Core.Kernel;
using Tmds.Linux;

namespace Lure.Linux.Sockets;

/// <summary>The entry of a unix socket in the file system, recognised by its inode: a successor's socket of the same name is not ours to remove.</summary>
internal sealed unsafe class SocketPath
{
    private readonly string _path;
    private readonly Identity _identity;

    private SocketPath(string path, Identity identity)
    {
        _path = path;
        _identity = identity;
    }

    /// <returns>Null when there is no socket at the path.</returns>
    public static SocketPath? Of(string path) =>
        Look(path, out Identity identity) == 0 && identity.IsSocket ? new SocketPath(path, identity) : null;

    /// <summary>Removes the entry, if it is still the same one.</summary>
    public void Remove()
    {
        if (Look(_path, out Identity found) == 0 && found == _identity)
        {
            _ = Unlink(_path);
        }
    }

    /// <summary>Removes a socket that nobody answers on: what a crash leaves behind.</summary>
    /// <returns>
    /// 0 when the path is free now; -EADDRINUSE when somebody answers, or is too busy to; -EEXIST
    /// when it is no socket; else why it could not be tried or removed.
    /// </returns>
    public static int RemoveDead(string path, in SocketAddress address)
    {
        int result = Look(path, out Identity found);
        if (result < 0)
        {
            return result == -Errno.NoEntry ? 0 : result;
        }

        // Asked first: connecting to an ordinary file is refused just as if it were a dead socket.
        if (!found.IsSocket)
        {
            return -Errno.Exists;
        }

        result = SetUpSocket.Open(SocketAddress.FamilyUnix, out SetUpSocket probe);
        if (result < 0)
        {
            return result;
        }

        result = probe.Connect(address);
        probe.Close();
        return result switch
        {
            -Errno.ConnectionRefused => Unlink(path),
            -Errno.NoEntry => 0,
            -Errno.AccessDenied => -Errno.AccessDenied,
            _ => -Errno.AddressInUse,
        };
    }

    private static int Unlink(string path)
    {
        fixed (byte* name = NullTerminated(path))
        {
            return LibC.unlink(name) < 0 && LibC.errno != Errno.NoEntry ? -LibC.errno : 0;
        }
    }

    private static int Look(string path, out Identity identity)
    {
        statx found;
        fixed (byte* name = NullTerminated(path))
        {
            uint wanted = LibC.STATX_TYPE | LibC.STATX_INO;
            if (LibC.statx(LibC.AT_FDCWD, name, LibC.AT_SYMLINK_NOFOLLOW, wanted, &found) < 0)
            {
                identity = default;
                return -LibC.errno;
            }
        }

        ushort kind = (ushort)(found.stx_mode & (ushort)LibC.S_IFMT);
        bool isSocket = kind == (ushort)LibC.S_IFSOCK;
        identity = new Identity(found.stx_dev_major, found.stx_dev_minor, found.stx_ino, isSocket);
        return 0;
    }

    private static byte[] NullTerminated(string path) => Encoding.UTF8.GetBytes(path + '\0');

    private readonly record struct Identity(uint Major, uint Minor, ulong Inode, bool IsSocket);
}
