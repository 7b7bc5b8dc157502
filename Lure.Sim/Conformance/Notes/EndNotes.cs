using System.Collections.Generic;

namespace Lure.Sim.Conformance.Notes;

/// <summary>FIN, reset, close and shutdown.</summary>
internal static class EndNotes
{
    public static NotedTopic Topic { get; } = new("FIN, reset, close and shutdown", Scripts());

    private static IReadOnlyList<NamedScript> Scripts() =>
        [
            new(
                "CloseWithUnreadBytesResets",
                "close with unread bytes sends a reset instead of a FIN.",
                "",
                ScriptSetup.Tcp,
                "send a 6; send c 5; close c; poll a; recv a 10; recv a 10; recv a 10",
                "6; 5; 0; IN|OUT|ERR|HUP|RDHUP; 5; ECONNRESET; 0"
            ),
            new(
                "CloseWithAnUnreadFinFinishes",
                "An unread FIN is nothing unread: close sends a FIN.",
                "",
                ScriptSetup.Tcp,
                "shutwr a; close c; poll a; recv a 1; shutwr a",
                "0; 0; IN|OUT|HUP|RDHUP; 0; ENOTCONN"
            ),
            new(
                "FinThenCloseWithUnread",
                "Own FIN first, then close with unread bytes: the peer has its bytes and its end; the error waits for its write.",
                "",
                ScriptSetup.Tcp,
                "send c 5; shutwr c; send a 6; close c; poll a; recv a 10; recv a 10; poll a; send a 1; send a 1",
                "5; 0; 6; 0; IN|OUT|ERR|HUP|RDHUP; 5; 0; IN|OUT|ERR|HUP|RDHUP; EPIPE; EPIPE"
            ),
            new(
                "CloseInFinWaitWithPeersDataUnread",
                "Own FIN sent, peer closes with that end's data unread: ECONNRESET after its data.",
                "",
                ScriptSetup.Tcp,
                "send c 7; shutwr c; send a 5; close a; poll c; recv c 10; recv c 10; recv c 10",
                "7; 0; 5; 0; IN|OUT|ERR|HUP|RDHUP; 5; ECONNRESET; 0"
            ),
            new(
                "LingerZeroDropsWhatIsUnsent",
                "SO_LINGER 0: what the peer's window had no room for is gone, and the rest ends with a reset.",
                "",
                ScriptSetup.Small,
                "fill c 60000; linger c 0; close c; drain a; recv a 1",
                "EAGAIN; 0; 0; ECONNRESET; 0"
            ),
            new(
                "APlainCloseGoesOnSending",
                "A plain close goes on sending: all arrives, then the FIN.",
                "",
                ScriptSetup.Small,
                "fill c 60000; close c; drain a; recv a 1",
                "EAGAIN; 0; 0; 0"
            ),
            new(
                "ShutdownCanBeRepeatedUntilTheEnd",
                "shutdown(WR) again is 0 in FIN_WAIT, ENOTCONN once both FINs are through.",
                "",
                ScriptSetup.Tcp,
                "shutwr c; shutwr c; shutwr a; shutwr a; shutwr c; shut c",
                "0; 0; 0; ENOTCONN; ENOTCONN; ENOTCONN"
            ),
            new(
                "ShutdownAfterAResetIsNotConnected",
                "After a reset there is nothing to shut down.",
                "",
                ScriptSetup.Tcp,
                "linger c 0; close c; shutwr a; poll a; recv a 1",
                "0; 0; ENOTCONN; IN|OUT|ERR|HUP|RDHUP; ECONNRESET"
            ),
            new(
                "DataAfterShutdownOfBoth",
                "Data that meets a socket shut for both is answered by a reset: this end ECONNRESET, the other EPIPE.",
                "",
                ScriptSetup.Tcp,
                "shut c; send a 3; poll a; poll c; error c; send a 3",
                "0; 3; IN|OUT|ERR|HUP|RDHUP; IN|OUT|ERR|HUP|RDHUP; ECONNRESET; EPIPE"
            ),
            new(
                "ShutdownOfReadingInFinWait",
                "shutdown(RD) in FIN_WAIT2 hangs up at once; data that comes later resets both.",
                "",
                ScriptSetup.Tcp,
                "shutwr c; shutrd c; poll c; send a 1; poll a; poll c; recv c 1; recv c 1",
                "0; 0; IN|OUT|HUP|RDHUP; 1; IN|OUT|ERR|HUP|RDHUP; IN|OUT|ERR|HUP|RDHUP; ECONNRESET; 0"
            ),
            new(
                "AZeroWindowHoldsTheFin",
                "A FIN waits behind bytes that wait for the window.",
                "K:tcp_write_xmit",
                ScriptSetup.Small,
                "fill c 60000; shutwr c; poll a; drain a; poll a",
                "EAGAIN; 0; IN|OUT; 0; IN|OUT|RDHUP"
            ),
            new(
                "ShutdownAfterRefusalEndsIt",
                "A refused socket that is shut down is of no more use.",
                "K:inet_shutdown",
                ScriptSetup.None,
                "tcp l; bind l; tcp c; connect c l; shutwr c; connect c l; poll c",
                "new; 0; new; EINPROGRESS; ENOTCONN; EINVAL; IN|OUT|ERR|HUP|RDHUP"
            ),
            new(
                "LingerWithSecondsWaits",
                "SO_LINGER with seconds: close waits for the peer's acknowledgement, though the socket does not block; else it is a plain close.",
                "",
                ScriptSetup.Tcp,
                "send c 5; linger c 1; close c; recv a 9; recv a 1",
                "5; 0; 0; 5; 0"
            ),
            new(
                "LingerWithSecondsGivesUp",
                "When the seconds are over close returns, and the kernel goes on sending.",
                "",
                ScriptSetup.Small,
                "fill c 60000; linger c 1; close c; drain a; recv a 1",
                "EAGAIN; 0; 0; 0; 0"
            ),
            new(
                "ShutOfBothOverAFullQueue",
                "Shut for both, with more to come behind a full queue: no window is told any more, so what is read makes no room.",
                "K:__tcp_cleanup_rbuf",
                ScriptSetup.Small,
                "fill c 3000; shut a; drain a; poll a; poll c",
                "EAGAIN; 0; 0; IN|OUT|HUP|RDHUP; IN|RDHUP"
            ),
            new(
                "AnAcknowledgementTellsTheWindow",
                "An acknowledgement that was due tells it all the same: the peer goes on sending, and both are reset.",
                "K:__tcp_cleanup_rbuf",
                ScriptSetup.Small,
                "fill a 3000; fill c 3000; shut a; drain a; poll c; drain c",
                "EAGAIN; EAGAIN; 0; ECONNRESET; IN|OUT|ERR|HUP|RDHUP; ECONNRESET"
            ),
            new(
                "WhatIsSentTellsTheWindow",
                "So does what is still sent after the shutdown, as soon as the peer makes room for it.",
                "K:tcp_rcv_state_process",
                ScriptSetup.Small,
                "fill c 3000; fill a 3000; shut a; drain a; drain c; poll a",
                "EAGAIN; EAGAIN; 0; 0; ECONNRESET; IN|OUT|ERR|HUP|RDHUP"
            ),
        ];
}
