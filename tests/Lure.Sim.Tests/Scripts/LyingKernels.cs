using System;
using Lure.Core.Kernel;
using Lure.Sim.Running;

namespace Lure.Sim.Tests.Scripts;

/// <summary>What a kernel gets wrong.</summary>
internal interface ILie
{
    /// <summary>Changes the answer of an operation that was done.</summary>
    static virtual int Answer(OperationKind kind, int result) => result;

    /// <summary>A shutdown says yes and does nothing.</summary>
    static virtual bool SkipsShutdown => false;
}

/// <summary>A reset becomes an end of file.</summary>
internal readonly struct LaundersResets : ILie
{
    public static int Answer(OperationKind kind, int result) => result == -Errno.ConnectionReset ? 0 : result;
}

/// <summary>A write of more than one byte is told to have taken one less, so that byte goes out twice.</summary>
internal readonly struct RepeatsBytes : ILie
{
    public static int Answer(OperationKind kind, int result) =>
        kind == OperationKind.Send && result > 1 ? result - 1 : result;
}

/// <summary>FINs are not sent.</summary>
internal readonly struct ForgetsFins : ILie
{
    public static bool SkipsShutdown => true;
}

/// <summary>The fake kernel, with one lie.</summary>
internal readonly struct LyingKernel<TLie>(FakeKernel kernel) : ISimulatedKernel<LyingKernel<TLie>>
    where TLie : struct, ILie
{
    public static LyingKernel<TLie> Over(FakeKernel kernel) => new(kernel);

    public long Now() => kernel.Now();

    public int Watch(int fd, Interest interest, ulong token) => kernel.Watch(fd, interest, token);

    public int Rewatch(int fd, Interest interest, ulong token) => kernel.Rewatch(fd, interest, token);

    public int Unwatch(int fd) => kernel.Unwatch(fd);

    public int Wait(Span<KernelEvent> events, long deadline) => kernel.Wait(events, deadline);

    public bool TakeCommand(out Command command) => kernel.TakeCommand(out command);

    public int Accept(int listener, out SocketAddress peer) => kernel.Accept(listener, out peer);

    public int ConnectResult(int fd) => kernel.ConnectResult(fd);

    public void Execute(Span<Operation> operations)
    {
        kernel.Execute(operations);
        foreach (ref Operation operation in operations)
        {
            operation.Result = TLie.Answer(operation.Kind, operation.Result);
        }
    }

    public int Open(in SocketAddress address) => kernel.Open(address);

    public int SetOption(int fd, SocketOption option, int value) => kernel.SetOption(fd, option, value);

    public int Connect(int fd, in SocketAddress address) => kernel.Connect(fd, address);

    public int MakePipe(out int readEnd, out int writeEnd) => kernel.MakePipe(out readEnd, out writeEnd);

    public int Unacknowledged(int fd) => kernel.Unacknowledged(fd);

    public int Shutdown(int fd) => TLie.SkipsShutdown ? 0 : kernel.Shutdown(fd);

    public int Close(int fd) => kernel.Close(fd);

    public void Notify() => kernel.Notify();

    public void Mark(MarkId id) => kernel.Mark(id);
}
