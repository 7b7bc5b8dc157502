using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Canaries;

/// <summary>
/// One way in which a kernel can be wrong: by default each call is the truth, and a lie overrides the
/// call that it is about. One object serves all workers of one run.
/// </summary>
internal abstract class Lie
{
    public virtual long Now(FakeKernel truth) => truth.Now();

    public virtual int Watch(FakeKernel truth, int fd, Interest interest, ulong token) =>
        truth.Watch(fd, interest, token);

    public virtual int Wait(FakeKernel truth, Span<KernelEvent> events, long deadline) => truth.Wait(events, deadline);

    public virtual bool TakeCommand(FakeKernel truth, out Command command) => truth.TakeCommand(out command);

    public virtual int Accept(FakeKernel truth, int listener, out SocketAddress peer) =>
        truth.Accept(listener, out peer);

    public virtual int ConnectResult(FakeKernel truth, int fd) => truth.ConnectResult(fd);

    /// <summary>One operation of a batch.</summary>
    public virtual void Execute(FakeKernel truth, ref Operation operation) =>
        truth.Execute(new Span<Operation>(ref operation));

    public virtual int SetOption(FakeKernel truth, int fd, SocketOption option, int value) =>
        truth.SetOption(fd, option, value);

    public virtual int Unacknowledged(FakeKernel truth, int fd) => truth.Unacknowledged(fd);

    public virtual int Shutdown(FakeKernel truth, int fd) => truth.Shutdown(fd);

    public virtual int Close(FakeKernel truth, int fd) => truth.Close(fd);
}

/// <summary>A kernel that does not lie: for canaries that corrupt what the checks see of the loop instead.</summary>
internal sealed class NoLie : Lie;
