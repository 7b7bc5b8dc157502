using Lure.Linux.Kernel;
using NUnit.Framework;

namespace Lure.Linux.Tests.Kernel;

/// <summary>The options of a socket, as the kernel tells them.</summary>
internal readonly unsafe record struct SocketState(bool NoDelay, bool KeepAlive, int Idle, int Interval, int Probes)
{
    public static SocketState Options(int fd) =>
        new(
            Read(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpNoDelay) != 0,
            Read(fd, LinuxConstants.SocketLevel, LinuxConstants.OptionKeepAlive) != 0,
            Read(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpKeepIdle),
            Read(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpKeepInterval),
            Read(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpKeepCount)
        );

    public static int Read(int fd, int level, int name)
    {
        int value;
        uint length = sizeof(int);
        Assert.That(Libc.GetOption(fd, level, name, &value, &length), Is.Zero);
        return value;
    }
}
