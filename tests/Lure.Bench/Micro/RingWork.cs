using Lure.Core.Records;

namespace Lure.Bench.Micro;

/// <summary>A ring filled until it drops one, and emptied until its reader would sleep.</summary>
internal sealed class RingWork : MicroWork
{
    private const int Capacity = 16;

    private readonly RecordRing _ring;

    public RingWork() => _ring = new RecordRing(ref Memory, Capacity);

    public override void Run(int operations)
    {
        LoopRecord record = default;
        for (int i = 0; i < operations; i++)
        {
            while (_ring.TryPublish(in record)) { }

            while (_ring.TryTake(out _)) { }

            _ = _ring.TryAnnounceSleep();
            _ = _ring.TakeReaderAsleep();
        }
    }
}
