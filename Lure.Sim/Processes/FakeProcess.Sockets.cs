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

    public int SendWithDescriptor(int fd, ReadOnlySpan<byte> source)
    {
        int found = Find(fd, out StreamSocket socket);
        return found < 0 ? found
            : socket is UnixSocket unix ? unix.SendWithRights(source)
            : socket.Send(source, []);
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
            case StreamOption.NotSentLowWater:
                return SetNotSentLowWater(socket, value);
            case StreamOption.OutOfBandInline:
                (socket as TcpSocket)?.SetUrgentInline(value != 0);
                return 0;
            case StreamOption.SendBuffer:
                socket.SetSendBuffer(value);
                return 0;
            case StreamOption.ReceiveBuffer:
                (socket as TcpSocket)?.SetReceiveBuffer(value);
                return 0;
            case StreamOption.ReuseAddress or StreamOption.QuickAcknowledge:
                // Here a connection never stands in the way of a listener, and what has arrived is acknowledged.
                return 0;
            default:
                return -Errno.NoProtocolOption;
        }
    }

    private static int SetNotSentLowWater(StreamSocket socket, int bytes)
    {
        if (socket is not TcpSocket tcp)
        {
            return -Errno.NotSupported;
        }

        tcp.SetNotSentLowWater(bytes);
        return 0;
    }

    public int Unacknowledged(int fd, out int most)
    {
        Descriptors.OpenFile? file = _descriptors.Find(fd);
        int least = file switch
        {
            null => -Errno.BadDescriptor,
            StreamSocket socket => socket.Unacknowledged,
            PipeEnd => -NoTerminal,
            _ => -Errno.Invalid,
        };
        most = file is TcpSocket tcp && least >= 0 ? tcp.UnacknowledgedMost : least;
        return least;
    }

    private int Find(int fd, out StreamSocket socket)
    {
        Descriptors.OpenFile? file = _descriptors.Find(fd);
        socket = (file as StreamSocket)!;
        return file is null ? -Errno.BadDescriptor
            : socket is null ? -Errno.NotSocket
            : 0;
    }
}
