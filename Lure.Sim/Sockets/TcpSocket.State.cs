using Lure.Sim.Exhaustive;

namespace Lure.Sim.Sockets;

/// <content>For who tells one state from another.</content>
internal sealed partial class TcpSocket
{
    public void AddTo(ref StateHash hash)
    {
        hash.Add((ulong)State);
        hash.Add((ulong)_phase);
        hash.Add((ulong)Ended);
        hash.Add((long)PendingError);
        hash.Add((long)_received.Count);
        hash.Add((long)_hidden);
        hash.Add((long)_unsent.Count);
        hash.Add((long)_unannounced);
        hash.Add((long)_slack);
        hash.Add((long)_stranded);
        hash.Add((long)_acceptQueue.Count);
        hash.Add((long)ReceiveCapacity);
        hash.Add(_credit);
        hash.Add(_receiveShut, _sendShut, _done, _noSpace, _orphaned, _held, _finQueued, _resetQueued);
        hash.Add(_settles, _finAckIsDelayed, ResetOnClose, _peer is null);
        // Of no matter as long as reads make room, and nobody shuts down reading where states are told apart.
        hash.Add(_receiveShut && !_done && _ackIsDelayed);
    }
}
