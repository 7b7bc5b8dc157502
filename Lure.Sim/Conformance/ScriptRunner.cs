using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Conformance;

/// <summary>Plays scripts on a kernel, and writes down what it answers.</summary>
/// <remarks>
/// What may differ without meaning is left out of an answer: ports, and descriptor numbers. Of a
/// number it is told whether it is that of a name that was closed before, and of which: so the
/// lowest free number comes first, or the answers differ.
/// </remarks>
public sealed unsafe class ScriptRunner<TApi>(TApi api)
    where TApi : struct, ISocketApi
{
    private const int LargestTransfer = 1 << 20;
    private const int NoFd = -1;
    private const int NoLimit = -1;

    private readonly KernelEvent[] _events = new KernelEvent[PackedEvents.Max];
    private readonly int[] _fds = new int[Step.Names];

    /// <summary>Per name the number that it had when it was closed, else none.</summary>
    private readonly int[] _closed = new int[Step.Names];
    private readonly ushort[] _families = new ushort[Step.Names];
    private readonly SocketAddress[] _addresses = new SocketAddress[Step.Names];

    // As much as the largest step so far took: most scripts need little, and there are many.
    private byte[] _memory = [];
    private ulong _sent;
    private bool _filled;

    /// <summary>Plays a script and closes what it left open.</summary>
    /// <param name="steps">The script.</param>
    /// <param name="answers">As many answers as steps.</param>
    public void Play(ReadOnlySpan<Step> steps, Span<Answer> answers)
    {
        PlayAndLeave(steps, answers);
        CloseAll();
    }

    /// <summary>Plays a script and goes away in the middle of everything.</summary>
    internal void PlayAndLeave(ReadOnlySpan<Step> steps, Span<Answer> answers)
    {
        Array.Fill(_fds, NoFd);
        Array.Fill(_closed, NoFd);
        Array.Clear(_addresses);
        Array.Clear(_families);
        (_sent, _filled) = (0, false);
        for (int i = 0; i < steps.Length; i++)
        {
            answers[i] = Answer(steps[i]);
        }
    }

    private Answer Answer(Step step)
    {
        int fd = _fds[step.X];
        return step.Kind switch
        {
            StepKind.Tcp => Socket(step.X, SocketAddress.FamilyIPv4),
            StepKind.Unix => Socket(step.X, SocketAddress.FamilyUnix),
            StepKind.Epoll => Made(step.X, api.MakeEpoll()),
            StepKind.Pipe => MadePipe(step),
            StepKind.Accept => MadeFrom(step, api.Accept(fd)),
            StepKind.Dup => MadeFrom(step, api.Duplicate(fd)),
            StepKind.Close => Close(step.X),
            StepKind.Bind => Bind(step),
            StepKind.Listen => Listen(step),
            StepKind.Connect => Plain(api.Connect(fd, _addresses[step.Y])),
            StepKind.Send => Plain(api.Send(fd, Source(step.N), TransferFlags.None)),
            StepKind.Pass => Plain(api.SendWithDescriptor(fd, Source(step.N))),
            StepKind.Recv => Received(api.Receive(fd, Memory(step.N), TransferFlags.None)),
            StepKind.Peek => Received(api.Receive(fd, Memory(step.N), TransferFlags.Peek)),
            StepKind.WriteV => WriteV(step),
            StepKind.ReadV => ReadV(step),
            StepKind.Oob => Plain(api.Send(fd, Source(1), TransferFlags.OutOfBand)),
            StepKind.RecvOob => Received(api.Receive(fd, Memory(1), TransferFlags.OutOfBand)),
            StepKind.ShutWr => Plain(api.Shutdown(fd, ShutdownHow.Write)),
            StepKind.ShutRd => Plain(api.Shutdown(fd, ShutdownHow.Read)),
            StepKind.Shut => Plain(api.Shutdown(fd, ShutdownHow.Both)),
            StepKind.Error => Plain(api.TakeError(fd)),
            StepKind.Linger => Plain(api.SetOption(fd, StreamOption.Linger, step.N)),
            StepKind.NotSent => Plain(api.SetOption(fd, StreamOption.NotSentLowWater, step.N)),
            StepKind.LoWat => Plain(api.SetOption(fd, StreamOption.ReceiveLowWater, step.N)),
            StepKind.Inline => Plain(api.SetOption(fd, StreamOption.OutOfBandInline, step.N)),
            _ => AnswerOther(step, fd),
        };
    }

    private Answer AnswerOther(Step step, int fd) =>
        step.Kind switch
        {
            StepKind.SndBuf => Plain(api.SetOption(fd, StreamOption.SendBuffer, step.N)),
            StepKind.RcvBuf => Plain(api.SetOption(fd, StreamOption.ReceiveBuffer, step.N)),
            StepKind.InQ => Plain(api.Readable(fd)),
            StepKind.OutQ => OutQ(step.X),
            StepKind.Peer => Plain(api.PeerOf(fd, out _)),
            StepKind.Poll => Plain(api.Poll(fd)),
            StepKind.PipeSize => Plain(api.ResizePipe(fd, step.N)),
            StepKind.Splice => Plain(api.Splice(fd, _fds[step.Y], step.N)),
            StepKind.Add => Control(step, EpollOperation.Add),
            StepKind.Mod => Control(step, EpollOperation.Modify),
            StepKind.Del => Control(step, EpollOperation.Remove),
            StepKind.Wait => Wait(step, fd),
            StepKind.Limit => Plain(api.LimitDescriptors(step.N)),
            StepKind.Fill => Fill(step, fd),
            StepKind.Drain => Drain(fd),
            _ => throw new ScriptException($"{step.Kind} is no call"),
        };

    private static Answer Plain(int result) => new(result, 0);

    private Answer Made(int name, int fd)
    {
        // Who takes a name that is in use leaves its descriptor open to the end: it is closed with the others.
        if (fd < 0)
        {
            return new Answer(fd, 0);
        }

        ulong reused = 0;
        for (int i = 0; i < _closed.Length; i++)
        {
            if (_closed[i] == fd)
            {
                _closed[i] = NoFd;
                reused = (ulong)i + 1;
            }
        }

        if (_fds[name] != NoFd)
        {
            api.Close(_fds[name]);
        }

        _fds[name] = fd;
        return new Answer(0, reused);
    }

    private Answer Socket(int name, ushort family)
    {
        _families[name] = family;
        return Made(name, api.Socket(family));
    }

    private Answer MadeFrom(Step step, int fd)
    {
        _families[step.Y] = _families[step.X];
        return Made(step.Y, fd);
    }

    private Answer MadePipe(Step step)
    {
        int made = api.MakePipe(out int readEnd, out int writeEnd);
        if (made < 0)
        {
            return Plain(made);
        }

        Answer read = Made(step.X, readEnd);
        Answer write = Made(step.Y, writeEnd);
        return new Answer(0, read.Detail | (write.Detail << 8));
    }

    private Answer Close(int name)
    {
        int fd = _fds[name];
        int result = api.Close(fd);
        if (result == 0)
        {
            (_fds[name], _closed[name]) = (NoFd, fd);
        }

        return Plain(result);
    }

    private Answer Bind(Step step)
    {
        int result = api.Bind(_fds[step.X], api.FreshAddress(_families[step.X]));
        Learn(step.X, result);
        return Plain(result);
    }

    private Answer Listen(Step step)
    {
        int result = api.Listen(_fds[step.X], step.N);
        Learn(step.X, result);
        return Plain(result);
    }

    private void Learn(int name, int result)
    {
        if (result == 0 && api.NameOf(_fds[name], out SocketAddress address) == 0)
        {
            _addresses[name] = address;
        }
    }

    private Span<byte> Source(int length)
    {
        Span<byte> bytes = Memory(length);
        for (int i = 0; i < length; i++)
        {
            // No two bytes of a script can be taken for each other within a few hundred.
            bytes[i] = (byte)((_sent + (ulong)i) * 0x9E37_79B9UL >> 13);
        }

        _sent += (ulong)length;
        return bytes;
    }

    private Span<byte> Memory(int length)
    {
        if (_memory.Length < length)
        {
            _memory = new byte[length];
        }

        return _memory.AsSpan(0, length);
    }

    private Answer ReadV(Step step)
    {
        Span<byte> memory = Memory(step.N + step.M);
        return Received(api.Read(_fds[step.X], memory[..step.N], memory[step.N..]));
    }

    private Answer WriteV(Step step)
    {
        Span<byte> bytes = Source(step.N + step.M);
        return Plain(api.Write(_fds[step.X], bytes[..step.N], bytes[step.N..]));
    }

    private Answer Received(int result)
    {
        ulong hash = 0;
        for (int i = 0; i < result; i++)
        {
            hash = (hash ^ _memory[i]) * 0x100_0000_01B3UL;
        }

        return new Answer(result, hash);
    }

    private Answer Control(Step step, EpollOperation operation) =>
        Plain(api.Control(_fds[step.X], operation, _fds[step.Y], (Interest)(uint)step.N, (ulong)step.Y));

    private Answer Wait(Step step, int fd)
    {
        Span<KernelEvent> events = _events.AsSpan(0, step.N);
        int count = api.Wait(fd, events);
        return new Answer(count, count > 0 ? PackedEvents.Pack(events[..count]) : 0);
    }

    // How much of what fills a socket lies on this side is the kernel's affair.
    private Answer OutQ(int name)
    {
        int result = api.Unacknowledged(_fds[name], out int most);
        bool isAmount = result >= 0 && _filled && _families[name] != SocketAddress.FamilyUnix;
        return isAmount ? Plain(0) : new Answer(result, (ulong)(uint)most);
    }

    private Answer Fill(Step step, int fd)
    {
        int result;
        _filled = true;
        // The same bytes in every piece: a kernel that takes more of them has sent nothing else behind them.
        Span<byte> piece = Source(step.N);
        do
        {
            result = api.Send(fd, piece, TransferFlags.None);
        } while (result > 0);

        return Plain(result);
    }

    private Answer Drain(int fd)
    {
        int result;
        Span<byte> memory = Memory(LargestTransfer);
        do
        {
            result = api.Receive(fd, memory, TransferFlags.None);
        } while (result > 0);

        return Plain(result);
    }

    // A reset, so that no port is left in TIME_WAIT, of which a kernel has only so many.
    private void CloseAll()
    {
        foreach (int fd in _fds)
        {
            if (fd != NoFd)
            {
                api.SetOption(fd, StreamOption.Linger, 0);
                api.Close(fd);
            }
        }

        api.LimitDescriptors(NoLimit);
    }
}
