using System;
using Lure.Core.Kernel;
using Lure.Sim.Descriptors;
using Lure.Sim.Sockets;

namespace Lure.Sim.Workers;

internal sealed unsafe partial class FakeWorker
{
    // The kernel may have used what lies behind the bytes it reports; a reader that looks there
    // finds this.
    private const byte Scribble = 0xDD;
    private const int ScribbledBytes = 16;

    public void Execute(Span<Operation> operations)
    {
        long batch = _world.NextBatch();
        for (int i = 0; i < operations.Length; i++)
        {
            ref Operation operation = ref operations[i];
            operation.Result = operation.Kind switch
            {
                OperationKind.Receive => Receive(ref operation, batch),
                OperationKind.Send => Send(ref operation, batch),
                OperationKind.Splice => Splice(ref operation, batch),
                _ => Unknown(operation.Kind),
            };
        }
    }

    private int Receive(ref Operation operation, long batch)
    {
        int fd = operation.Fd;
        Enter(SyscallKind.Receive, fd, out int limit);
        Span<byte> first = FirstOf(operation);
        Span<byte> second = SecondOf(operation);
        int length = first.Length + second.Length;
        int result = SocketOf(SyscallKind.Receive, fd, out StreamSocket socket);
        if (result == 0 && IsWellFormed(SyscallKind.Receive, operation))
        {
            CountRead(socket, fd, batch);
            result = socket.Receive(first, second, limit);
            _world.Hooks?.Received(Index, operation, result);
            int count = Math.Max(0, result);
            _world.Trace.RecordBytes(first[..Math.Min(count, first.Length)]);
            _world.Trace.RecordBytes(second[..Math.Max(0, count - first.Length)]);
            ScribbleBehind(first, second, count);
        }

        return Done(SyscallKind.Receive, fd, length, result);
    }

    private int Send(ref Operation operation, long batch)
    {
        int fd = operation.Fd;
        Enter(SyscallKind.Send, fd, out int limit);
        Span<byte> first = FirstOf(operation);
        Span<byte> second = SecondOf(operation);
        int length = first.Length + second.Length;
        int result = SocketOf(SyscallKind.Send, fd, out StreamSocket socket);
        if (result == 0 && IsWellFormed(SyscallKind.Send, operation))
        {
            CountWrite(socket, fd, batch);
            _world.Hooks?.Sending(Index, operation);
            result = socket.Send(first, second, limit);
            _world.Hooks?.Sent(Index, operation, result);
            int count = Math.Max(0, result);
            _world.Trace.RecordBytes(first[..Math.Min(count, first.Length)]);
            _world.Trace.RecordBytes(second[..Math.Max(0, count - first.Length)]);
        }

        return Done(SyscallKind.Send, fd, length, result);
    }

    private int Splice(ref Operation operation, long batch)
    {
        int fd = operation.Fd;
        int result = Enter(SyscallKind.Splice, fd, out int limit);
        int length = (int)Math.Min(operation.First.Length, int.MaxValue);
        OpenFile? source = FileOf(SyscallKind.Splice, fd);
        OpenFile? target = FileOf(SyscallKind.Splice, operation.Target);
        if (length == 0)
        {
            _world.Violate($"Splice of nothing on descriptor {fd}: its 0 looks like the end of the stream");
        }

        if (result == 0)
        {
            result = (source, target) switch
            {
                (null, _) or (_, null) => -Errno.BadDescriptor,
                (StreamSocket from, PipeEnd { Writes: true } to) => SpliceIn(operation, from, to, limit, batch),
                (PipeEnd { Writes: false } from, StreamSocket to) => SpliceOut(operation, from, to, limit, batch),
                _ => -Errno.Invalid,
            };
        }

        return Done(SyscallKind.Splice, fd, ((long)operation.Target << 32) | (uint)length, result);
    }

    private int SpliceIn(in Operation operation, StreamSocket from, PipeEnd to, int limit, long batch)
    {
        CountRead(from, operation.Fd, batch);
        int result = to.Pipe.ReaderClosed
            ? -Errno.BrokenPipe
            : from.SpliceTo(to.Pipe, (int)Math.Min(operation.First.Length, int.MaxValue), limit);
        _world.Hooks?.Received(Index, operation, result);
        return result;
    }

    private int SpliceOut(in Operation operation, PipeEnd from, StreamSocket to, int limit, long batch)
    {
        CountWrite(to, operation.Target, batch);
        _world.Hooks?.Sending(Index, operation);
        int result = to.SpliceFrom(from.Pipe, (int)Math.Min(operation.First.Length, int.MaxValue), limit);
        _world.Hooks?.Sent(Index, operation, result);
        return result;
    }

    private int Unknown(OperationKind kind)
    {
        _world.Violate($"an operation of the unknown kind {(int)kind}");
        return -Errno.Invalid;
    }

    private void CountRead(StreamSocket socket, int fd, long batch)
    {
        if (socket.ReadBatch == batch)
        {
            _world.Violate($"two receives on descriptor {fd} in one batch: their order would not be certain");
        }

        socket.ReadBatch = batch;
    }

    private void CountWrite(StreamSocket socket, int fd, long batch)
    {
        if (socket.WriteBatch == batch)
        {
            _world.Violate($"two sends on descriptor {fd} in one batch: their order would not be certain");
        }

        socket.WriteBatch = batch;
    }

    private bool IsWellFormed(SyscallKind kind, in Operation operation)
    {
        if (operation.Vectors is not (1 or 2))
        {
            _world.Violate($"{kind} on descriptor {operation.Fd} with {operation.Vectors} vectors: 1 or 2 are allowed");
            return false;
        }

        if (operation.First.Length == 0 || (operation.Vectors == 2 && operation.Second.Length == 0))
        {
            _world.Violate(
                $"{kind} on descriptor {operation.Fd} with an empty vector: its 0 looks like the end of the stream"
            );
            return false;
        }

        return true;
    }

    private static Span<byte> FirstOf(in Operation operation) => Bytes(operation.First);

    private static Span<byte> SecondOf(in Operation operation) => operation.Vectors == 2 ? Bytes(operation.Second) : [];

    private static Span<byte> Bytes(IoVector vector) => new(vector.Base, checked((int)vector.Length));

    private static void ScribbleBehind(Span<byte> first, Span<byte> second, int count)
    {
        Span<byte> behind = count < first.Length ? first[count..] : second[(count - first.Length)..];
        behind[..Math.Min(behind.Length, ScribbledBytes)].Fill(Scribble);
    }
}
