using System.Collections.Generic;

namespace Lure.Sim.Conformance.Notes;

/// <summary>Where unix sockets differ from TCP.</summary>
internal static class UnixNotes
{
    public static NotedTopic Topic { get; } = new("Where unix sockets differ from TCP", Scripts());

    private static IReadOnlyList<NamedScript> Scripts() =>
        [
            new(
                "UnixConnectIsAtOnce",
                "connect is 0 at once; then EISCONN; a name where nobody listens is ECONNREFUSED.",
                "M:unix",
                ScriptSetup.None,
                "unix l; bind l; unix c; connect c l; poll c; listen l 9; connect c l; poll c; connect c l; accept l a; peer a; peer c; unix d; listen d 1",
                "new; 0; new; ECONNREFUSED; OUT|HUP; 0; 0; OUT; EISCONN; new; 0; 0; new; EINVAL"
            ),
            new(
                "UnixFullBacklog",
                "A full backlog is EAGAIN, at once.",
                "",
                ScriptSetup.None,
                "unix l; bind l; listen l 0; unix c; connect c l; unix d; connect d l; poll d; accept l a; connect d l",
                "new; 0; 0; new; 0; new; EAGAIN; OUT|HUP; new; 0"
            ),
            new(
                "UnixCloseHangsUp",
                "The peer's close is HUP at once, and the first write is EPIPE.",
                "",
                ScriptSetup.Unix,
                "send c 5; close c; poll a; send a 1; error a; recv a 10; recv a 10",
                "5; 0; IN|OUT|HUP|RDHUP; EPIPE; 0; 5; 0"
            ),
            new(
                "UnixCloseWithUnread",
                "A peer that closes with unread bytes leaves ECONNRESET, after what it sent, once.",
                "",
                ScriptSetup.Unix,
                "send a 6; send c 5; close c; poll a; recv a 10; recv a 10; recv a 10; send a 1; poll a",
                "6; 5; 0; IN|OUT|ERR|HUP|RDHUP; 5; ECONNRESET; 0; EPIPE; IN|OUT|HUP|RDHUP"
            ),
            new(
                "UnixLingerIsIgnored",
                "SO_LINGER 0 changes nothing.",
                "",
                ScriptSetup.Unix,
                "send c 5; linger c 0; close c; poll a; recv a 10; recv a 10",
                "5; 0; 0; IN|OUT|HUP|RDHUP; 5; 0"
            ),
            new(
                "UnixShutdownOfReadingIsKnown",
                "After shutdown(RD) the peer's write is EPIPE: it knows.",
                "",
                ScriptSetup.Unix,
                "shutrd a; poll c; send c 1; poll a; recv a 1; send a 3; recv c 9",
                "0; OUT; EPIPE; IN|OUT|RDHUP; 0; 3; 3"
            ),
            new(
                "UnixShutdownCanBeRepeated",
                "shutdown is always 0, on whatever socket and however often.",
                "",
                ScriptSetup.Unix,
                "shutwr c; shutwr c; poll a; shut c; shut a; shut c; poll a; unix x; shut x; poll x; shut l",
                "0; 0; IN|OUT|RDHUP; 0; 0; 0; IN|OUT|HUP|RDHUP; new; 0; IN|OUT|HUP|RDHUP; 0"
            ),
            new(
                "UnixUnconnected",
                "A socket without a peer: reading is EINVAL, writing ENOTCONN; writable and hung up.",
                "K:unix_stream_sendmsg",
                ScriptSetup.None,
                "unix x; poll x; recv x 1; send x 1; peer x; inq x; outq x; bind x; bind x; listen x 1; recv x 1; poll x; inq x",
                "new; OUT|HUP; EINVAL; ENOTCONN; ENOTCONN; 0; 0; 0; EINVAL; 0; EINVAL; -; EINVAL"
            ),
            new(
                "UnixUnacknowledgedIsMemory",
                "SIOCOUTQ counts the memory of what the peer has not read: 768 bytes for one byte.",
                "K:unix_outq_len",
                ScriptSetup.Unix,
                "send c 1; outq c; send c 192; outq c; send c 193; outq c; recv a 1; outq c; recv a 1; outq c; recv a 500; outq c; inq a",
                "1; 768; 192; 1536; 193; 2816; 1; 2048; 1; 2048; 384; 0; 0"
            ),
            new(
                "UnixReadEndsAtADescriptor",
                "A read ends behind the bytes that a descriptor came with, with more to read and no edge for it.",
                "K:unix_stream_read_generic",
                ScriptSetup.Unix,
                "epoll e; add e a IN|ET; pass c 5; send c 5; wait e 5; recv a 100; wait e 5; recv a 100; recv a 100",
                "new; 0; 5; 5; a:IN; 5; -; 5; EAGAIN"
            ),
            new(
                "UnixSpliceEndsAtADescriptor",
                "splice ends there as well.",
                "K:unix_stream_read_generic",
                ScriptSetup.Unix,
                "pipe r w; send c 3; pass c 4; send c 5; splice a w 100; splice a w 100; splice a w 100",
                "new; 3; 4; 5; 7; 5; EAGAIN"
            ),
            new(
                "TcpPassesNoDescriptor",
                "A TCP socket sends the bytes and leaves the descriptor.",
                "K:__sock_cmsg_send",
                ScriptSetup.Tcp,
                "pass c 5; send c 5; recv a 100",
                "5; 5; 10"
            ),
            new(
                "UnixEveryReadIsAnEdge",
                "Each time the peer has read a send to its end, OUT is told again, full or not.",
                "K:unix_write_space",
                ScriptSetup.Unix,
                "epoll e; add e c OUT|ET; wait e 5; send c 5; send c 5; recv a 3; wait e 5; recv a 2; wait e 5; recv a 9; wait e 5",
                "new; 0; c:OUT; 5; 5; 3; -; 2; c:OUT; 5; c:OUT"
            ),
            new(
                "UnixFullSocket",
                "A full socket is EAGAIN; it is writable when less than a quarter is taken.",
                "K:unix_writable",
                ScriptSetup.Unix,
                "epoll e; add e c OUT|ET; wait e 5; fill c 30000; poll c; wait e 5; recv a 100000; poll c; drain a; poll c; wait e 5",
                "new; 0; c:OUT; EAGAIN; -; -; 100000; -; EAGAIN; OUT; c:OUT"
            ),
            new(
                "UnixListenerCloses",
                "Who was not accepted has ECONNRESET when the listener closes.",
                "K:unix_release_sock",
                ScriptSetup.None,
                "unix l; bind l; listen l 9; unix c; connect c l; close l; poll c; recv c 1; recv c 1; send c 1",
                "new; 0; 0; new; 0; 0; IN|OUT|ERR|HUP|RDHUP; ECONNRESET; 0; EPIPE"
            ),
            new(
                "UnixConnectWakesNobody",
                "The connecting end is not woken: it is connected on return.",
                "K:unix_stream_connect",
                ScriptSetup.None,
                "unix l; bind l; listen l 9; unix c; epoll e; add e c OUT|ET; wait e 5; connect c l; wait e 5; accept l a; wait e 5",
                "new; 0; 0; new; new; 0; c:OUT|HUP; 0; -; new; -"
            ),
            new(
                "UnixListenerShutForReading",
                "A listener shut for reading refuses, and who waits can still be accepted.",
                "K:unix_stream_connect",
                ScriptSetup.None,
                "unix l; bind l; listen l 9; unix c; connect c l; shutrd l; unix d; connect d l; poll l; accept l a; accept l b",
                "new; 0; 0; new; 0; 0; new; ECONNREFUSED; IN|RDHUP; new; EAGAIN"
            ),
            new(
                "UnixShutBeforeItConnects",
                "A socket that was shut for reading before it connected is EPIPE to its peer, which polls as if it were not.",
                "K:unix_stream_sendmsg",
                ScriptSetup.None,
                "unix l; bind l; listen l 9; unix c; shutrd c; connect c l; accept l a; poll a; send a 1; send c 1; recv a 1",
                "new; 0; 0; new; 0; 0; new; OUT; EPIPE; 1; 1"
            ),
            new(
                "UnixSpliceLooksBehind",
                "splice, as recv, looks behind what it found as long as that is less than SO_RCVLOWAT: an error is taken, and told to nobody.",
                "K:unix_stream_read_generic",
                ScriptSetup.Unix,
                "pipe r w; lowat a 100; send a 6; send c 5; close c; splice a w 50; poll a; splice a w 50",
                "new; 0; 6; 5; 0; 5; IN|OUT|HUP|RDHUP; 0"
            ),
            new(
                "UnixRefusedPieceTellsOfSpace",
                "What a peer refuses that was shut before it connected had its memory already: giving it back is an edge.",
                "K:sock_wfree",
                ScriptSetup.None,
                "unix l; bind l; listen l 9; unix c; shutrd c; connect c l; accept l a; epoll e; add e a OUT|ET; wait e 5; send a 0; wait e 5; send a 1; wait e 5",
                "new; 0; 0; new; 0; 0; new; new; 0; a:OUT; 0; -; EPIPE; a:OUT"
            ),
            new(
                "UnixReadOfNothing",
                "recv of no bytes is 0 where bytes wait, and EAGAIN where none do.",
                "K:unix_stream_read_generic",
                ScriptSetup.Unix,
                "recv a 0; send c 5; recv a 0; peek a 0; recv a 9",
                "EAGAIN; 5; 0; 0; 5"
            ),
        ];
}
