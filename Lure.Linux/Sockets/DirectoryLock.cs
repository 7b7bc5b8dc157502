using System;
using System.Text;
using System.Threading;
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

    private const int TriesMax = 100;
    private const int MillisecondsBetweenTries = 50;

    /// <summary>
    /// Waits for its turn, at most 5 s: anyone who may open the directory can hold it, and must not
    /// keep a relay from starting. A directory that cannot be opened is not locked: what follows will
    /// say why.
    /// </summary>
    public static DirectoryLock Take(string directory)
    {
        int fd;
        fixed (byte* name = Encoding.UTF8.GetBytes(directory + '\0'))
        {
            fd = LibC.open(name, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0);
        }

        for (int tries = 0; fd >= 0 && tries < TriesMax; tries++)
        {
            if (Libc.Lock(fd, LinuxConstants.LockExclusive | LinuxConstants.LockNonBlocking) == 0)
            {
                break;
            }

            Thread.Sleep(MillisecondsBetweenTries);
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
