using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

internal sealed partial class UnixSocket
{
    /// <inheritdoc/>
    /// <remarks>unix_shutdown: works in every state, as often as one likes, and the peer learns of both halves.</remarks>
    public override int Shutdown(bool read, bool write)
    {
        _receiveShut |= read;
        _sendShut |= write;
        Wake(Readiness.None);
        if (_peer is { } peer)
        {
            peer._sendShut |= read;
            peer._receiveShut |= write;
            peer.Ended = write && peer.Ended == PeerEnd.None ? PeerEnd.Fin : peer.Ended;
            peer.Wake(Readiness.None);
        }

        return 0;
    }

    /// <inheritdoc/>
    public override void Close() => Release(unaccepted: false);

    // unix_release_sock. Linger is not looked at: nothing is on its way that could be dropped.
    private void Release(bool unaccepted)
    {
        bool wasListening = IsListening;
        if (_isRegistered)
        {
            Network.Unregister(this);
        }

        (_receiveShut, _sendShut, _state) = (true, true, UnixState.Closed);
        if (_peer is { } peer)
        {
            _peer = null;
            peer.PeerCloses(hadUnread: unaccepted || _received.Count > 0);
            while (_segments.TryDequeue(out Segment segment))
            {
                peer.GiveBack(segment.Memory);
            }

            peer._peer = null;
        }

        while (wasListening && _acceptQueue.TryDequeue(out UnixSocket? child))
        {
            child.Release(unaccepted: true);
        }

        _received.Clear();
        _segments.Clear();
        Network.Recycle(this);
    }

    private void PeerCloses(bool hadUnread)
    {
        (_receiveShut, _sendShut) = (true, true);
        PendingError = hadUnread ? Errno.ConnectionReset : PendingError;
        Ended =
            Ended != PeerEnd.None ? Ended
            : hadUnread ? PeerEnd.Reset
            : PeerEnd.Fin;
        Wake(Readiness.None);
    }
}
