using System;
using System.Buffers.Binary;
using System.Threading;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using Lure.Sim.Conformance;
using Lure.Sim.Conformance.Twin;

namespace Lure.Linux.Conformance;

/// <summary>The real kernel under a loop and its peers, all of them on the thread that made this.</summary>
internal sealed class LinuxTwinHost : ITwinHost<LinuxKernel, LinuxSocketApi>, IDisposable
{
    private const int Backlog = 128;

    /// <summary>Addresses are fresh, so any port is free; outside of what the kernel chooses from.</summary>
    private const ushort Port = 7000;

    private readonly FreshAddresses _addresses;
    private readonly EventFd _records = new();
    private Mailbox? _mailbox;

    public LinuxTwinHost(FreshAddresses addresses)
    {
        _addresses = addresses;
        Peers = new LinuxSocketApi(addresses);
    }

    /// <inheritdoc/>
    public LinuxKernel Kernel { get; private set; }

    /// <inheritdoc/>
    public LinuxSocketApi Peers { get; }

    /// <inheritdoc/>
    public void Begin()
    {
        _mailbox = new Mailbox();
        Kernel = LinuxKernel.ForThisThread(_mailbox, _records, new KernelOptions());
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Kernel.Dispose();
        _mailbox?.Dispose();
        _mailbox = null;
    }

    /// <inheritdoc/>
    public SocketAddress NewAddress(ushort family)
    {
        SocketAddress address = _addresses.Next(family);
        if (family != SocketAddress.FamilyUnix)
        {
            BinaryPrimitives.WriteUInt16BigEndian(address.Buffer[sizeof(ushort)..], Port);
        }

        return address;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The kernel refuses it.</exception>
    public int OpenListener(in SocketAddress address)
    {
        int fd = Peers.Socket(address.Family);
        _ = Peers.SetOption(fd, StreamOption.ReuseAddress, 1);
        int listening = Peers.Bind(fd, address);
        listening = listening < 0 ? listening : Peers.Listen(fd, Backlog);
        return listening >= 0
            ? fd
            : throw new InvalidOperationException($"the relay cannot listen: {ErrnoName.OfResult(listening)}");
    }

    /// <inheritdoc/>
    public void Post(Command command) => _mailbox!.TryPost(command);

    /// <inheritdoc/>
    public bool AwaitsAcknowledgement(int fd, bool hasFin) =>
        Kernel.Unacknowledged(fd) > (hasFin ? 1 : 0) && !IsClosed(fd);

    // What a connection has lost with its death is counted for ever.
    private static unsafe bool IsClosed(int fd)
    {
        byte* state = stackalloc byte[1];
        uint length = sizeof(byte);
        int asked = Libc.GetOption(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpInfo, state, &length);
        return asked < 0 || *state == LinuxConstants.TcpStateClosed;
    }

    /// <inheritdoc/>
    public void LetTimePass() => Thread.Sleep(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        _mailbox?.Dispose();
        _records.Dispose();
    }
}
