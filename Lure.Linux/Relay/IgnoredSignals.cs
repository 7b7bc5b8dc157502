using Tmds.Linux;

namespace Lure.Linux.Relay;

/// <summary>
/// writev(2) to a socket whose peer is gone raises SIGPIPE, which ends a process that says nothing
/// about it. The runtime ignores it too, but only once something has asked it to handle signals.
/// </summary>
internal static unsafe class IgnoredSignals
{
    public static void IgnoreBrokenPipe()
    {
        sigaction action = default;
        action.sa_handler = LibC.SIG_IGN;
        _ = LibC.sigaction(LibC.SIGPIPE, &action, null);
    }
}
