using Lure.Core.Connections;

namespace Lure.Bench.Micro;

/// <summary>A slot taken and given back.</summary>
internal sealed unsafe class ConnectionWork : MicroWork
{
    private const int Slots = 8;

    private ConnectionPool _connections;

    public ConnectionWork() => _connections = new ConnectionPool(ref Memory, Slots);

    public override void Run(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            int slot = _connections.Take();
            _connections[slot]->Flags = Transitions.Accepted();
            _connections.Details(slot)->StartedAt = i;
            _connections.Return(slot);
        }
    }
}
