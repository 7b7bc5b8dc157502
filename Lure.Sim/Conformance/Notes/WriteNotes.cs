using System.Collections.Generic;

namespace Lure.Sim.Conformance.Notes;

/// <summary>What write, writev and send answer.</summary>
internal static class WriteNotes
{
    public static NotedTopic Topic { get; } = new("What write, writev and send answer", Scripts());

    private static IReadOnlyList<NamedScript> Scripts() =>
        [
            new(
                "FirstWriteToAClosedPeer",
                "The first write to a peer that closed succeeds; what it leaves behind is EPIPE, not ECONNRESET.",
                "",
                ScriptSetup.Tcp,
                "send c 6; close c; send a 10; poll a; recv a 10; recv a 10; send a 10; poll a; send a 10; error a",
                "6; 0; 10; IN|OUT|ERR|HUP|RDHUP; 6; 0; EPIPE; IN|OUT|HUP|RDHUP; EPIPE; 0"
            ),
            new(
                "FirstWriteToAResetPeer",
                "After a reset the first write is ECONNRESET, all others EPIPE.",
                "",
                ScriptSetup.Tcp,
                "linger c 0; close c; send a 1; send a 1; writev a 1 1; poll a",
                "0; 0; ECONNRESET; EPIPE; EPIPE; IN|OUT|HUP|RDHUP"
            ),
            new(
                "AWriteAfterOwnFin",
                "After its own FIN a socket is writable and refuses with EPIPE.",
                "K:tcp_sendmsg_locked",
                ScriptSetup.Tcp,
                "shutwr c; poll c; send c 1; error c; send a 3; recv c 10",
                "0; OUT; EPIPE; 0; 3; 3"
            ),
            new(
                "BothVectorsGoTogether",
                "writev is one send: both vectors arrive though the peer has gone.",
                "K:tcp_sendmsg",
                ScriptSetup.Tcp,
                "close a; writev c 850 1379; writev c 1 1",
                "0; 2229; EPIPE"
            ),
            new(
                "AFullSocketIsAgain",
                "A full socket is EAGAIN and not writable, an emptied one is writable.",
                "",
                ScriptSetup.Small,
                "fill c 60000; poll c; drain a; poll c; send c 1",
                "EAGAIN; -; EAGAIN; OUT; 1"
            ),
            new(
                "AWriteOfNothing",
                "writev of no bytes is 0 on a dead socket too; send of none is refused as any other.",
                "",
                ScriptSetup.Tcp,
                "send c 0; linger c 0; close c; writev a 0 0; send a 0; send a 0; writev a 0 0",
                "0; 0; 0; 0; ECONNRESET; EPIPE; 0"
            ),
            new(
                "WhatThePeerSendsAcknowledges",
                "SIOCOUTQ counts what the peer has not acknowledged, and all that it sends acknowledges.",
                "M:tcp",
                ScriptSetup.Tcp,
                "send c 5; send a 1; outq c; recv a 9; send a 1; outq c; outq l",
                "5; 1; 0; 5; 1; 0; EINVAL"
            ),
            new(
                "UnsentBytesAreLimited",
                "TCP_NOTSENT_LOWAT: what waits for the window is limited before the send buffer is, and poll asks for half of it.",
                "K:tcp_stream_memory_free",
                ScriptSetup.Small,
                "notsent c 20000; send c 3000; poll c; fill c 3000; poll c; notsent c 0; poll c; drain a; poll c",
                "0; 3000; OUT; EAGAIN; -; 0; OUT; EAGAIN; OUT"
            ),
            new(
                "ABufferSizeIsToldOf",
                "SO_SNDBUF tells whoever polls that it is writable, though nothing has changed for it; SO_RCVBUF tells nobody.",
                "K:sk_setsockopt",
                ScriptSetup.Tcp,
                "epoll e; add e a OUT|ET; wait e 5; sndbuf a 5000; wait e 5; rcvbuf a 5000; wait e 5",
                "new; 0; a:OUT; 0; a:OUT; 0; -"
            ),
        ];
}
