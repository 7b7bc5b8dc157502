using System.Collections.Generic;

namespace Lure.Sim.Conformance.Notes;

/// <summary>connect, accept and listen.</summary>
internal static class ConnectNotes
{
    public static NotedTopic Topic { get; } = new("connect, accept and listen", Scripts());

    private static IReadOnlyList<NamedScript> Scripts() =>
        [
            new(
                "AConnectThatSucceeds",
                "EINPROGRESS, then OUT; SO_ERROR 0; the second connect 0, the third EISCONN.",
                "",
                ScriptSetup.None,
                "tcp l; bind l; listen l 9; tcp c; connect c l; poll c; error c; connect c l; connect c l; peer c",
                "new; 0; 0; new; EINPROGRESS; OUT; 0; 0; EISCONN; 0"
            ),
            new(
                "ARefusedConnect",
                "All bits; ECONNREFUSED once; then ECONNABORTED from connect, and the next may try again.",
                "",
                ScriptSetup.None,
                "tcp l; bind l; tcp c; connect c l; poll c; error c; poll c; connect c l; poll c; connect c l; connect c l",
                "new; 0; new; EINPROGRESS; IN|OUT|ERR|HUP|RDHUP; ECONNREFUSED; IN|OUT|HUP|RDHUP; ECONNABORTED; OUT|HUP; EINPROGRESS; ECONNREFUSED"
            ),
            new(
                "AReadTakesTheRefusal",
                "The error of a refused connect is given to whoever asks first.",
                "",
                ScriptSetup.None,
                "tcp l; bind l; tcp c; connect c l; recv c 1; recv c 1; send c 1; error c",
                "new; 0; new; EINPROGRESS; ECONNREFUSED; 0; EPIPE; 0"
            ),
            new(
                "AConnectInProgress",
                "SYN_SENT has no bits; reading and writing are EAGAIN, connecting EALREADY, no error.",
                "",
                ScriptSetup.Full,
                "poll d; recv d 1; send d 1; connect d l; error d; peer d; inq d",
                "-; EAGAIN; EAGAIN; EALREADY; 0; ENOTCONN; 0"
            ),
            new(
                "ShutdownWhileConnecting",
                "shutdown in SYN_SENT undoes the connect: OUT, ERR and HUP, ECONNRESET once.",
                "",
                ScriptSetup.Full,
                "shutwr d; poll d; error d; poll d; recv d 1",
                "0; OUT|ERR|HUP; ECONNRESET; OUT|HUP; ENOTCONN"
            ),
            new(
                "ABacklogHoldsOneMore",
                "A backlog of n holds n + 1 connections; the next stays in SYN_SENT though there is room by then.",
                "",
                ScriptSetup.Full,
                "poll c; accept l a; accept l b; poll d",
                "OUT; new; EAGAIN; -"
            ),
            new(
                "ResetBeforeAccept",
                "A connection that was reset before it was accepted is accepted; data, ECONNRESET, 0; it has no peer.",
                "",
                ScriptSetup.None,
                "tcp l; bind l; listen l 9; tcp c; connect c l; send c 5; linger c 0; close c; accept l a; peer a; recv a 10; recv a 10; recv a 10",
                "new; 0; 0; new; EINPROGRESS; 5; 0; 0; as c; ENOTCONN; 5; ECONNRESET; 0"
            ),
            new(
                "ClosingAListenerResets",
                "Who was not accepted is reset by the listener's close.",
                "",
                ScriptSetup.None,
                "tcp l; bind l; listen l 9; tcp c; connect c l; close l; poll c; recv c 1; tcp d; connect d l; error d",
                "new; 0; 0; new; EINPROGRESS; 0; IN|OUT|ERR|HUP|RDHUP; ECONNRESET; as l; EINPROGRESS; ECONNREFUSED"
            ),
            new(
                "ShutdownOfAListener",
                "shutdown(RD) of a listener resets who waits; accept is EINVAL; it can listen again.",
                "",
                ScriptSetup.None,
                "tcp l; bind l; listen l 9; tcp c; connect c l; shutwr l; accept l a; tcp d; connect d l; shutrd l; poll d; recv d 1; accept l b; poll l; listen l 1; accept l b",
                "new; 0; 0; new; EINPROGRESS; 0; new; new; EINPROGRESS; 0; IN|OUT|ERR|HUP|RDHUP; ECONNRESET; EINVAL; OUT|HUP; 0; EAGAIN"
            ),
            new(
                "LingerIsInherited",
                "An accepted socket has its listener's SO_LINGER, low-water mark and SO_OOBINLINE.",
                "",
                ScriptSetup.None,
                "tcp l; linger l 0; lowat l 5; bind l; listen l 9; tcp c; connect c l; accept l a; send c 4; poll a; close a; poll c; recv c 1",
                "new; 0; 0; 0; 0; new; EINPROGRESS; new; 4; OUT; 0; IN|OUT|ERR|HUP|RDHUP; ECONNRESET"
            ),
            new(
                "AListenerDoesNotConnect",
                "A listener is EISCONN to connect, a bound socket EINVAL to bind.",
                "K:__inet_stream_connect",
                ScriptSetup.None,
                "tcp l; bind l; bind l; listen l 1; connect l l; listen l 5; tcp c; connect c l; connect c l; listen c 1; bind c",
                "new; 0; EINVAL; 0; EISCONN; 0; new; EINPROGRESS; 0; EINVAL; EINVAL"
            ),
            new(
                "AcceptWithoutAConnection",
                "accept is EAGAIN with an empty queue, EINVAL on what does not listen, ENOTSOCK on what is none.",
                "M:accept",
                ScriptSetup.None,
                "tcp l; accept l a; bind l; listen l 1; accept l a; epoll e; accept e a",
                "new; EINVAL; 0; 0; EAGAIN; new; ENOTSOCK"
            ),
            new(
                "ASocketMeetsItself",
                "A socket that connects to its own port is connected to itself.",
                "",
                ScriptSetup.None,
                "tcp x; bind x; connect x x; poll x; send x 5; recv x 10; recv x 10; shutwr x; poll x; recv x 1",
                "new; 0; EINPROGRESS; OUT; 5; 5; EAGAIN; 0; IN|OUT|HUP|RDHUP; 0"
            ),
            new(
                "AcceptWithoutANumber",
                "Without a free number accept is EMFILE, whether somebody waits or not, and who waits goes on waiting.",
                "K:__sys_accept4_file",
                ScriptSetup.None,
                "tcp l; bind l; listen l 9; tcp c; limit 2; accept l a; connect c l; accept l a; poll l; accept l a; limit 3; accept l a; accept l b; close a; accept l b",
                "new; 0; 0; new; 0; EMFILE; EINPROGRESS; EMFILE; IN; EMFILE; 0; new; EMFILE; 0; EAGAIN"
            ),
            new(
                "AShutdownBeforeListeningIsInherited",
                "A socket that was shut before it listened hands that down to those that it accepts.",
                "K:inet_shutdown",
                ScriptSetup.None,
                "tcp l; bind l; shutrd l; listen l 9; tcp c; connect c l; accept l a; poll a; recv a 1; send a 1; recv c 1",
                "new; 0; ENOTCONN; 0; new; EINPROGRESS; new; IN|OUT|RDHUP; 0; 1; 1"
            ),
        ];
}
