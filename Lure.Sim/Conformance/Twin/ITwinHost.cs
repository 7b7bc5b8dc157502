using Lure.Core.Kernel;

namespace Lure.Sim.Conformance.Twin;

/// <summary>A kernel with a loop on it, and peers beside the loop: the fake one, or a real one.</summary>
/// <typeparam name="TKernel">As the loop sees it.</typeparam>
/// <typeparam name="TApi">As the peers do.</typeparam>
public interface ITwinHost<TKernel, TApi>
    where TKernel : struct, ISyscalls
    where TApi : struct, ISocketApi
{
    /// <summary>Of the script that was begun.</summary>
    TKernel Kernel { get; }

    TApi Peers { get; }

    /// <summary>A script begins: what was got before must not be used any more.</summary>
    void Begin();

    /// <summary>The script is over, and its loop.</summary>
    void Finish();

    /// <summary>An address with a port that nobody listens at.</summary>
    SocketAddress NewAddress(ushort family);

    /// <summary>Opens the loop's listening socket.</summary>
    /// <returns>The descriptor.</returns>
    int OpenListener(in SocketAddress address);

    /// <summary>Puts a command into the loop's mailbox.</summary>
    void Post(Command command);

    /// <summary>Whether a peer may still acknowledge what was sent on a socket of the loop's, if it is given time.</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="hasFin">A FIN is among it, of whose acknowledgement nobody makes anything.</param>
    bool AwaitsAcknowledgement(int fd, bool hasFin);

    /// <summary>Some time passes, for acknowledgements that are delayed: a few times as much brings them all.</summary>
    void LetTimePass();
}
