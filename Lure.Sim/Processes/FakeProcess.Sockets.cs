using System;
using Lure.Core.Kernel;
using Lure.Sim.Conformance;
using Lure.Sim.Sockets;

namespace Lure.Sim.Processes;

internal sealed partial class FakeProcess
{
    /// <summary>ENOTTY: no call of a relay gives it.</summary>
    private const int NoTerminal = 25;

    public int Socket(ushort family)
    {
        if (family is not (SocketAddress.FamilyIPv4 or SocketAddress.FamilyIPv6 or SocketAddress.FamilyUnix))
        {
            return -Errno.AddressFamilyNotSupported;
        }

        return _descriptors.HasRoom ? _descriptors.Add(_world.Network.Create(family)!) : -Errno.TooManyFiles;
    }

    public int Bind(int fd, in SocketAddress address)
    {
        int found = Find(fd, out StreamSocket socket);
        return found < 0 ? found : socket.Bind(address);
    }

    public int Listen(int fd, int backlog)
    {
        int found = Find(fd, out StreamSocket socket);
        return found < 0 ? found : socket.Listen(backlog);
    }

    /// <summary>In the order of __sys_accept4: the number is allocated before the queue is looked at.</summary>
    public int Accept(int listener)
    {
        if (_descriptors.Find(listener) is null)
        {
            return -Errno.BadDescriptor;
        }

        if (!_descriptors.HasRoom)
        {
            return -Errno.TooManyFiles;
        }

        int found = Find(listener, out StreamSocket socket);
        if (found < 0)
        {
            return found;
        }

        if (!socket.IsListening)
        {
            return -Errno.Invalid;
        }

        return socket.TakeAccepted() is { } accepted ? _descriptors.Add(accepted) : -Errno.Again;
    }

    public int Connect(int fd, in SocketAddress address)
    {
        int found = Find(fd, out StreamSocket socket);
        return found < 0 ? found : socket.Connect(address);
    }

    public int NameOf(int fd, out SocketAddress address)
    {
        int found = Find(fd, out StreamSocket socket);
        address = found < 0 ? default : socket.Local;
        return found;
    }

    public int PeerOf(int fd, out SocketAddress address)
    {
        int found = Find(fd, out StreamSocket socket);
        int answer = found < 0 ? found : socket.PeerName();
        address = answer < 0 ? default : socket.Remote;
        return answer;
    }

    public int Receive(int fd, Span<byte> target, TransferFlags flags)
    {
        int found = Find(fd, out StreamSocket socket);
        return found < 0 ? found
            : (flags & TransferFlags.Peek) != 0 ? socket.Peek(target)
            : (flags & TransferFlags.OutOfBand) == 0 ? socket.Receive(target, [])
            : socket is TcpSocket tcp ? tcp.ReceiveUrgent(target)
            : -Errno.NotSupported;
    }

    public int Send(int fd, ReadOnlySpan<byte> source, TransferFlags flags)
    {
        int found = Find(fd, out StreamSocket socket);
        return found < 0 ? found
            : (flags & TransferFlags.OutOfBand) == 0 ? socket.Send(source, [])
            : socket is TcpSocket tcp ? tcp.SendUrgent(source)
            : -Errno.NotSupported;
    }

    public int Shutdown(int fd, ShutdownHow how)
    {
        int found = Find(fd, out StreamSocket socket);
        return found < 0 ? found : socket.Shutdown(how != ShutdownHow.Write, how != ShutdownHow.Read);
    }

    public int TakeError(int fd)
    {
        int found = Find(fd, out StreamSocket socket);
        return found < 0 ? found : socket.TakeError();
    }

    public int SetOption(int fd, StreamOption option, int value)
    {
        int found = Find(fd, out StreamSocket socket);
        if (found < 0)
        {
            return found;
        }

        switch (option)
        {
            case StreamOption.Linger:
                socket.ResetOnClose = value == 0;
                return 0;
            case StreamOption.ReceiveLowWater:
                socket.SetReceiveLowWater(value);
                return 0;
            case StreamOption.OutOfBandInline:
                (socket as TcpSocket)?.SetUrgentInline(value != 0);
                return 0;
            case StreamOption.SendBuffer or StreamOption.ReceiveBuffer:
                // How much fits is told by the options of the world.
                return 0;
            default:
                return -Errno.NoProtocolOption;
        }
    }

    public int Unacknowledged(int fd) =>
        _descriptors.Find(fd) switch
        {
            null => -Errno.BadDescriptor,
            StreamSocket socket => socket.Unacknowledged,
            PipeEnd => -NoTerminal,
            _ => -Errno.Invalid,
        };

    private int Find(int fd, out StreamSocket socket)
    {
        Descriptors.OpenFile? file = _descriptors.Find(fd);
        socket = (file as StreamSocket)!;
        return file is null ? -Errno.BadDescriptor
            : socket is null ? -Errno.NotSocket
            : 0;
    }
}
