using System;
using System.Globalization;
using System.Threading;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;

namespace Lure.Bench.Load;

/// <summary>A server on 127.0.0.1 that sends back what it gets, on a thread of its own that allocates nothing.</summary>
/// <remarks>
/// The thread runs on the CPUs of the one that made it. A message has to fit into the socket of who
/// gets it back: see <see cref="MessagePattern.MessageBytesMax"/>.
/// </remarks>
internal sealed unsafe class EchoBackend : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int ListenerToken = -1;
    private const int StopToken = -2;

    private readonly EventFd _stop = new();
    private readonly int _listener;
    private readonly Thread _thread;
    private volatile string? _failure;

    public EchoBackend()
    {
        _listener = LoopbackPort.Listen(out int port);
        Port = port;
        _thread = new Thread(Run) { IsBackground = true, Name = "echo" };
        _thread.Start();
    }

    public int Port { get; }

    /// <exception cref="LoadException">It could not do its part: the load was not what it should be.</exception>
    public void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new LoadException($"the echo backend: {failure}");
        }
    }

    public void Dispose()
    {
        _stop.Raise();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferBytes, pinned: true);
        bool[] open = new bool[DescriptorCount()];
        try
        {
            using Poller poller = new();
            poller.Watch(_listener, Interest.Listener, ListenerToken);
            poller.Watch(_stop.Descriptor, Interest.In, StopToken);
            fixed (byte* bytes = buffer)
            {
                Serve(poller, bytes, open);
            }
        }
        catch (LoadException failure)
        {
            _failure = failure.Message;
        }

        _ = Libc.Close(_listener);
        for (int fd = 0; fd < open.Length; fd++)
        {
            if (open[fd])
            {
                _ = Libc.Close(fd);
            }
        }
    }

    private static int DescriptorCount()
    {
        ResourceLimit limit;
        _ = Libc.GetResourceLimit(LinuxConstants.ResourceDescriptors, &limit);
        return (int)Math.Min(limit.Hard, 1 << 20);
    }

    private void Serve(Poller poller, byte* buffer, bool[] open)
    {
        while (true)
        {
            foreach (KernelEvent report in poller.Wait(-1))
            {
                switch ((int)report.Token)
                {
                    case StopToken:
                        return;
                    case ListenerToken:
                        AcceptAll(poller, open);
                        break;
                    default:
                        Echo(poller, (int)report.Token, buffer, open);
                        break;
                }
            }
        }
    }

    private void AcceptAll(Poller poller, bool[] open)
    {
        const int Flags = LinuxConstants.SocketNonBlocking | LinuxConstants.SocketCloseOnExec;
        int fd;
        while ((fd = Libc.Accept(_listener, null, null, Flags)) >= 0)
        {
            open[fd] = true;
            poller.Watch(fd, Interest.In, fd);
        }

        if (poller.Errno is not (Errno.Again or Errno.ConnectionAborted or Errno.Interrupted))
        {
            throw new LoadException($"accept4: {ErrnoName.Of(poller.Errno)}");
        }
    }

    private static void Echo(Poller poller, int fd, byte* buffer, bool[] open)
    {
        nint received = Libc.Receive(fd, buffer, BufferBytes, 0);
        if (received < 0 && poller.Errno == Errno.Again)
        {
            return;
        }

        // An end is met with an end, a reset likewise: what became of the bytes is the client's to judge.
        if (received <= 0)
        {
            open[fd] = false;
            _ = Libc.Close(fd);
            return;
        }

        nint sent = Libc.Send(fd, buffer, (nuint)received, LinuxConstants.SendWithoutSignal);
        if (sent >= 0 && sent < received)
        {
            throw new LoadException(
                string.Create(CultureInfo.InvariantCulture, $"a socket took {sent} of {received} bytes")
            );
        }
    }
}
