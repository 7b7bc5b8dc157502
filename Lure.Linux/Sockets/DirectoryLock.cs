using System;
using System.Text;
using Lure.Linux.Kernel;
using Tmds.Linux;

namespace Lure.Linux.Sockets;

/// <summary>
/// An advisory lock on a directory (flock(2)), so that instances of Lure that start together make
/// and judge their unix sockets one after the other. It ends with the process, unlike a lock file.
/// </summary>
internal readonly unsafe struct DirectoryLock : IDisposable
{
    private readonly int _fd;

    private DirectoryLock(int fd) => _fd = fd;

    /// <summary>Waits for its turn. A directory that cannot be opened is not locked: what follows will say why.</summary>
    public static DirectoryLock Take(string directory)
    {
        int fd;
        fixed (byte* name = Encoding.UTF8.GetBytes(directory + '\0'))
        {
            fd = LibC.open(name, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0);
        }

        if (fd >= 0)
        {
            _ = Libc.Lock(fd, LinuxConstants.LockExclusive);
        }

        return new DirectoryLock(fd);
    }

    public void Dispose()
    {
        if (_fd >= 0)
        {
            _ = LibC.close(_fd);
        }
    }
}
