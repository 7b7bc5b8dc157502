using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Linux.Configuration;
using Lure.Linux.Kernel;
using Lure.Linux.Relay;

namespace Lure.Linux.Sockets;

/// <summary>An address that is listened on.</summary>
/// <param name="Listener">Index into <see cref="Settings.Listeners"/>.</param>
/// <param name="Address">As the kernel has it: with the port that it chose for 0.</param>
internal sealed record BoundAddress(int Listener, SocketAddress Address)
{
    /// <inheritdoc/>
    public override string ToString() => PrintedAddress.Of(Address);
}

/// <summary>
/// All listening sockets of the process. TCP sockets belong to one worker each, whose loop closes
/// them; unix sockets stay here until every loop has ended.
/// </summary>
internal sealed class Listeners : IDisposable
{
    private readonly List<UnixListener> _shared = [];
    private readonly List<ListenerSpec>[] _byWorker;
    private readonly Lock _closing = new();
    private bool _handedOver;

    private Listeners(int workers)
    {
        _byWorker = new List<ListenerSpec>[workers];
        for (int worker = 0; worker < workers; worker++)
        {
            _byWorker[worker] = [];
        }
    }

    /// <summary>In the order of the settings.</summary>
    public ImmutableArray<BoundAddress> Addresses { get; private set; } = [];

    /// <param name="settings">By listener number.</param>
    /// <param name="workers">How many loops there will be.</param>
    /// <param name="steerTo">By worker, the CPU whose clients it gets; empty to let the kernel hash.</param>
    /// <exception cref="StartException">A <see cref="ListenError"/> for every address that failed; none is listened on then.</exception>
    public static Listeners Open(ImmutableArray<ListenSettings> settings, int workers, ImmutableArray<int?> steerTo)
    {
        Listeners listeners = new(workers);
        List<StartError> errors = [];
        bool hasIPv6 = TcpListener.HostHasIPv6();
        for (int number = 0; number < settings.Length; number++)
        {
            foreach (BindAddress bind in settings[number].Binds)
            {
                ListenError? error =
                    bind.Address.Family == SocketAddress.FamilyUnix
                        ? listeners.AddUnix(settings[number], number, bind)
                        : listeners.AddTcp(settings[number], number, bind, hasIPv6, steerTo);
                if (error is not null)
                {
                    errors.Add(error);
                }
            }
        }

        if (errors.Count == 0)
        {
            return listeners;
        }

        listeners.Dispose();
        throw new StartException([.. errors]);
    }

    /// <summary>A worker's sockets.</summary>
    public IReadOnlyList<ListenerSpec> OfWorker(int worker) => _byWorker[worker];

    /// <summary>The loops run: from now on TCP sockets are theirs to close.</summary>
    public void HandOver() => _handedOver = true;

    /// <summary>For a drain: takes the paths of unix sockets away, so that no client is drawn into a queue that ends.</summary>
    public void Unpublish()
    {
        lock (_closing)
        {
            _shared.ForEach(listener => listener.Unpublish());
        }
    }

    /// <summary>Closes what was not handed over, and removes the paths.</summary>
    public void Dispose()
    {
        // The last worker to end does it, while a signal may still ask for a drain.
        lock (_closing)
        {
            _shared.ForEach(listener => listener.Dispose());
            _shared.Clear();
            foreach (ListenerSpec listener in _byWorker.SelectMany(worker => worker))
            {
                if (!listener.Shared && !_handedOver)
                {
                    _ = Libc.Close(listener.Fd);
                }
            }

            Array.ForEach(_byWorker, worker => worker.Clear());
        }
    }

    private ListenError? AddUnix(ListenSettings listen, int number, BindAddress bind)
    {
        UnixListener? opened = UnixListener.Open(bind, listen.UnixMode, out ListenError? error);
        if (opened is null)
        {
            return error;
        }

        _shared.Add(opened);
        Addresses = Addresses.Add(new BoundAddress(number, opened.Address));
        foreach (List<ListenerSpec> worker in _byWorker)
        {
            worker.Add(new ListenerSpec(opened.Descriptor, number, listen.Backend, Shared: true));
        }

        return null;
    }

    private ListenError? AddTcp(
        ListenSettings listen,
        int number,
        BindAddress bind,
        bool hasIPv6,
        ImmutableArray<int?> steerTo
    )
    {
        TcpListener? opened = TcpListener.Open(bind, _byWorker.Length, hasIPv6, steerTo, out ListenError? error);
        if (opened is null)
        {
            return error;
        }

        Addresses = Addresses.Add(new BoundAddress(number, opened.Address));
        for (int worker = 0; worker < _byWorker.Length; worker++)
        {
            int fd = opened.Descriptors[worker];
            _byWorker[worker].Add(new ListenerSpec(fd, number, listen.Backend, Shared: false));
        }

        return null;
    }
}
