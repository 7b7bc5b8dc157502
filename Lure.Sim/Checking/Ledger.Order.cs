using Lure.Core.Kernel;

namespace Lure.Sim.Checking;

/// <content>The order of calls within a turn: collect, execute, finalize (the remarks of <see cref="ISyscalls"/>).</content>
internal sealed partial class Ledger
{
    /// <summary>
    /// V6: what ends something is done last in a turn. A descriptor that is closed before could be named by the
    /// batch that is still to run, and so could the one that gets its number.
    /// </summary>
    private void CheckOrder(int worker, SyscallKind kind)
    {
        WorkerShadow shadow = _workers[worker];
        switch (kind)
        {
            case SyscallKind.Wait:
                (shadow.Finalizes, shadow.AcceptsInTurn) = (false, 0);
                return;
            case SyscallKind.Close:
            case SyscallKind.Shutdown:
            case SyscallKind.Unacknowledged:
                shadow.Finalizes = true;
                break;
            case SyscallKind.Accept:
            case SyscallKind.ConnectResult:
            case SyscallKind.Receive:
                CheckBatch(shadow, kind);
                goto case SyscallKind.Send;
            case SyscallKind.Splice:
            case SyscallKind.MakePipe:
                goto case SyscallKind.Send;
            case SyscallKind.Open:
                _opens++;
                goto case SyscallKind.Send;
            case SyscallKind.Send:
            case SyscallKind.Connect:
                if (shadow.Finalizes)
                {
                    Fail(null, $"V6: a call of execute ({kind}) after one of finalize in the same turn");
                }

                break;
            default:
                break;
        }
    }

    /// <summary>V9: a batch has no more reads than there are blocks set aside for.</summary>
    private void CheckBatch(WorkerShadow shadow, SyscallKind kind)
    {
        if (kind != SyscallKind.Receive)
        {
            return;
        }

        shadow.ReadsInBatch = shadow.Batch == _simulation.World.Batches ? shadow.ReadsInBatch + 1 : 1;
        shadow.Batch = _simulation.World.Batches;
        if (shadow.ReadsInBatch > _simulation.Plan.Loop.BatchReads)
        {
            Fail(
                null,
                $"V9: {shadow.ReadsInBatch} reads in one batch, {_simulation.Plan.Loop.BatchReads} are allowed for"
            );
        }
    }

    /// <summary>Whoever reads the records went to sleep when there were none, and has to be woken for the next one.</summary>
    private void CheckWoken(int worker, bool taken)
    {
        WorkerShadow shadow = _workers[worker];
        long notifications = _simulation.World.Notifications;
        if (taken && shadow.ReaderSleeps && notifications == shadow.Notifications)
        {
            Fail(null, "V16: there are records, and their reader was not woken");
        }

        shadow.ReaderSleeps = _simulation.Workers.Records(worker).TryAnnounceSleep();
        shadow.Notifications = notifications;
    }
}
