using System;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using Tmds.Linux;

namespace Lure.Linux.Sockets;

/// <summary>The calls that make a socket listen, each with 0 or minus errno. The socket is closed by who gets it.</summary>
internal readonly unsafe struct SetUpSocket
{
    /// <summary>
    /// Longer than any kernel allows, which cuts it to net.core.somaxconn: the one place where an
    /// administrator sets it.
    /// </summary>
    private const int Backlog = int.MaxValue;

    private SetUpSocket(int fd) => Descriptor = fd;

    public int Descriptor { get; }

    /// <summary>A stream socket, non-blocking and close-on-exec.</summary>
    public static int Open(ushort family, out SetUpSocket socket)
    {
        const int Type =
            LinuxConstants.StreamSocket | LinuxConstants.SocketNonBlocking | LinuxConstants.SocketCloseOnExec;
        int fd = LibC.socket(family, Type, 0);
        socket = new SetUpSocket(fd);
        return fd < 0 ? -LibC.errno : 0;
    }

    public int Set(int level, int option, int value) =>
        Answer(LibC.setsockopt(Descriptor, level, option, &value, sizeof(int)));

    public int Bind(in SocketAddress address)
    {
        fixed (byte* bytes = address.Bytes)
        {
            return Answer(LibC.bind(Descriptor, (sockaddr*)bytes, address.Length));
        }
    }

    public int Connect(in SocketAddress address)
    {
        fixed (byte* bytes = address.Bytes)
        {
            return Answer(LibC.connect(Descriptor, (sockaddr*)bytes, address.Length));
        }
    }

    public int Listen() => Answer(LibC.listen(Descriptor, Backlog));

    /// <summary>The address as the kernel has it, with the port that it chose for 0.</summary>
    public int Name(out SocketAddress address)
    {
        address = default;
        socklen_t length = SocketAddress.Capacity;
        int asked;
        fixed (byte* bytes = address.Buffer)
        {
            asked = Answer(LibC.getsockname(Descriptor, (sockaddr*)bytes, &length));
        }

        address.Length = asked < 0 ? 0 : Math.Min((int)length, SocketAddress.Capacity);
        return asked;
    }

    public void Close() => _ = LibC.close(Descriptor);

    private static int Answer(int result) => result < 0 ? -LibC.errno : 0;
}
