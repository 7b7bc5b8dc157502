using System;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Sim.Actors;
using Lure.Sim.Running;

namespace Lure.Sim.Checking;

#pragma warning disable CA1822
internal sealed class Ledger(Simulation simulation)
{
    public void Begin(Topology topology, ListenerSpec[][] listeners) { }

    public void Before(int worker, SyscallKind kind, int fd) { }

    public void BeforeWait(int worker) { }

    public void After(int worker, SyscallKind kind, int fd, long argument, int result) { }

    public void Received(int worker, in Operation operation, int result) { }

    public void Sending(int worker, in Operation operation) { }

    public void Sent(int worker, in Operation operation, int result) { }

    public void Reported(int worker, ReadOnlySpan<KernelEvent> events) { }

    public void TakeRecords(int worker)
    {
        while (simulation.Workers.Records(worker).TryTake(out LoopRecord record)) { Ended += record.Kind == RecordKind.SessionEnd ? 1 : 0; }
    }

    public int Ended { get; private set; }

    public void CheckEnd() { }

    public string Pending() => "";

    public bool IsServed(Actor actor) => true;

    public void Disturb() { }

    public void DiedUnheard(int fd) { }
}
