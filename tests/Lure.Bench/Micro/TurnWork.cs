using Lure.Linux.Proof;

namespace Lure.Bench.Micro;

/// <summary>A turn of the loop in which every session relays both ways.</summary>
internal sealed class TurnWork : MicroWork
{
    private const int Sessions = 4;

    private readonly EchoWorld _world = new(Sessions);

    public override void Run(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            _world.Turn();
        }
    }

    public override void Dispose()
    {
        _world.Dispose();
        base.Dispose();
    }
}
