using Lure.Core.Kernel;
using Lure.Sim.Sockets;

namespace Lure.Sim.Workers;

internal sealed partial class FakeWorker
{
    public int Accept(int listener, out SocketAddress peer)
    {
        peer = default;
        int result = Enter(SyscallKind.Accept, listener, out _);
        if (result == 0)
        {
            result = SocketOf(SyscallKind.Accept, listener, out StreamSocket socket);
            if (result == 0)
            {
                result = AcceptFrom(socket, out peer);
            }
        }

        return Done(SyscallKind.Accept, listener, 0, result);
    }

    public int ConnectResult(int fd)
    {
        int result = Enter(SyscallKind.ConnectResult, fd, out _);
        if (result == 0)
        {
            result = SocketOf(SyscallKind.ConnectResult, fd, out StreamSocket socket);
            if (result == 0)
            {
                if (!socket.WasConnecting)
                {
                    _world.Violate(
                        $"ConnectResult on descriptor {fd}, which never connected: it turns a reset into an end of file"
                    );
                }

                result = -socket.TakeError();
            }
        }

        return Done(SyscallKind.ConnectResult, fd, 0, result);
    }

    public int Open(in SocketAddress address)
    {
        int result = Enter(SyscallKind.Open, NoFd, out _);
        if (result == 0)
        {
            result =
                !_world.Descriptors.HasRoom ? -Errno.TooManyFiles
                : _world.Network.Create(address.Family) is { } socket ? _world.Descriptors.Add(socket)
                : -Errno.AddressFamilyNotSupported;
        }

        return Done(SyscallKind.Open, NoFd, address.Family, result);
    }

    public int SetOption(int fd, SocketOption option, int value)
    {
        int result = Enter(SyscallKind.SetOption, fd, out _);
        if (result == 0)
        {
            result = SocketOf(SyscallKind.SetOption, fd, out StreamSocket socket);
            // TCP's own options lie on a level that unix sockets do not have.
            result = socket is UnixSocket && IsOfTcp(option) ? -Errno.NotSupported : result;
            if (result == 0)
            {
                socket.Options[option] = value;
                socket.ResetOnClose |= option == SocketOption.ResetOnClose;
            }
        }

        return Done(SyscallKind.SetOption, fd, ((long)option << 32) | (uint)value, result);
    }

    public int Connect(int fd, in SocketAddress address)
    {
        int answer = Enter(SyscallKind.Connect, fd, out _);
        int result = answer;
        if (answer is 0 or -Errno.Interrupted)
        {
            result = SocketOf(SyscallKind.Connect, fd, out StreamSocket socket);
            if (result == 0)
            {
                result = socket.Connect(address);
            }

            // A signal ends the call; the connection goes on being made (connect(2), EINTR).
            result = answer != 0 && result is 0 or -Errno.InProgress ? answer : result;
        }

        return Done(SyscallKind.Connect, fd, FakeAddress.NumberOf(address), result);
    }

    public int MakePipe(out int readEnd, out int writeEnd)
    {
        (readEnd, writeEnd) = (NoFd, NoFd);
        int result = Enter(SyscallKind.MakePipe, NoFd, out _);
        if (result == 0)
        {
            result = AddPipe(_world.Network.CreatePipe(), out readEnd, out writeEnd);
        }

        return Done(SyscallKind.MakePipe, readEnd, writeEnd, result);
    }

    public int Unacknowledged(int fd)
    {
        int result = Enter(SyscallKind.Unacknowledged, fd, out _);
        if (result == 0)
        {
            result = SocketOf(SyscallKind.Unacknowledged, fd, out StreamSocket socket);
            if (result == 0)
            {
                // Of a unix socket it would be memory, and what was sent has arrived: see the real kernel's wrapper.
                result = socket.Family == SocketAddress.FamilyUnix ? 0 : socket.Unacknowledged;
            }
        }

        return Done(SyscallKind.Unacknowledged, fd, 0, result);
    }

    public int Shutdown(int fd)
    {
        int result = Enter(SyscallKind.Shutdown, fd, out _);
        if (result == 0)
        {
            result = SocketOf(SyscallKind.Shutdown, fd, out StreamSocket socket);
            if (result == 0)
            {
                result = socket.Shutdown(read: false, write: true);
            }
        }

        return Done(SyscallKind.Shutdown, fd, 0, result);
    }

    public int Close(int fd)
    {
        int result = Enter(SyscallKind.Close, fd, out _);
        if (FileOf(SyscallKind.Close, fd) is null)
        {
            result = -Errno.BadDescriptor;
        }
        else
        {
            _world.Descriptors.Remove(fd);
        }

        return Done(SyscallKind.Close, fd, 0, result);
    }

    private static bool IsOfTcp(SocketOption option) =>
        option is not (SocketOption.KeepAlive or SocketOption.ResetOnClose);

    // The number is allocated before the queue is looked at (__sys_accept4_file): without one the
    // connection stays queued, and an empty queue answers EMFILE too.
    private int AcceptFrom(StreamSocket listener, out SocketAddress peer)
    {
        peer = default;
        if (!_world.Descriptors.HasRoom)
        {
            return -Errno.TooManyFiles;
        }

        if (!listener.IsListening)
        {
            return -Errno.Invalid;
        }

        if (listener.TakeAccepted() is not { } socket)
        {
            return -Errno.Again;
        }

        peer = socket.Remote;
        return _world.Descriptors.Add(socket);
    }

    private int AddPipe(Pipe pipe, out int readEnd, out int writeEnd)
    {
        writeEnd = NoFd;
        readEnd = _world.Descriptors.Add(pipe.ReadEnd);
        if (readEnd < 0)
        {
            readEnd = NoFd;
            pipe.Recycle();
            return -Errno.TooManyFiles;
        }

        writeEnd = _world.Descriptors.Add(pipe.WriteEnd);
        if (writeEnd < 0)
        {
            _world.Descriptors.Remove(readEnd);
            pipe.WriteEnd.Close();
            (readEnd, writeEnd) = (NoFd, NoFd);
            return -Errno.TooManyFiles;
        }

        return 0;
    }
}
