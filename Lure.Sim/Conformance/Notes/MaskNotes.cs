using System.Collections.Generic;

namespace Lure.Sim.Conformance.Notes;

/// <summary>What poll and epoll report.</summary>
internal static class MaskNotes
{
    public static NotedTopic Topic { get; } = new("What poll and epoll report", Scripts());

    private static IReadOnlyList<NamedScript> Scripts() =>
        [
            new(
                "AFreshSocketHangsUp",
                "A socket that never connected is writable and hung up; reading it is ENOTCONN, writing EPIPE.",
                "",
                ScriptSetup.None,
                "tcp x; poll x; recv x 10; send x 1; shutwr x",
                "new; OUT|HUP; ENOTCONN; EPIPE; ENOTCONN"
            ),
            new(
                "APeersFinIsNoHangUp",
                "A FIN is IN, OUT and RDHUP, before its bytes are read and after; writing goes on.",
                "",
                ScriptSetup.Tcp,
                "send c 5; shutwr c; poll a; recv a 10; recv a 10; recv a 10; poll a; send a 3; recv c 10",
                "5; 0; IN|OUT|RDHUP; 5; 0; 0; IN|OUT|RDHUP; 3; 3"
            ),
            new(
                "ACloseLooksLikeAFin",
                "Whether the peer closed or only finished cannot be seen before something is written.",
                "",
                ScriptSetup.Tcp,
                "send c 5; close c; poll a; recv a 10; recv a 10; poll a; send a 3",
                "5; 0; IN|OUT|RDHUP; 5; 0; IN|OUT|RDHUP; 3"
            ),
            new(
                "BothFinsHangUp",
                "HUP comes with the second of the two FINs, however orderly, and stays.",
                "",
                ScriptSetup.Tcp,
                "shutwr c; poll c; shutwr a; poll a; poll c; recv a 1; poll a",
                "0; OUT; 0; IN|OUT|HUP|RDHUP; IN|OUT|HUP|RDHUP; 0; IN|OUT|HUP|RDHUP"
            ),
            new(
                "AResetIsEverything",
                "After a reset every bit is up; ERR goes with the error, HUP never does.",
                "",
                ScriptSetup.Tcp,
                "linger c 0; close c; poll a; recv a 1; poll a; recv a 1; poll a",
                "0; 0; IN|OUT|ERR|HUP|RDHUP; ECONNRESET; IN|OUT|HUP|RDHUP; 0; IN|OUT|HUP|RDHUP"
            ),
            new(
                "OwnShutdownOfBothHangsUp",
                "shutdown(RDWR) is HUP at this end, RDHUP at the other.",
                "",
                ScriptSetup.Tcp,
                "shut c; poll c; poll a",
                "0; IN|OUT|HUP|RDHUP; IN|OUT|RDHUP"
            ),
            new(
                "AnUrgentByteIsPri",
                "Urgent data is PRI; alone in the queue it is no IN.",
                "",
                ScriptSetup.Tcp,
                "oob c; poll a; send c 2; poll a; recvoob a; poll a; recv a 10",
                "1; PRI|OUT; 2; IN|PRI|OUT; 1; IN|OUT; 2"
            ),
            new(
                "TheLowWaterMarkHidesBytes",
                "Below SO_RCVLOWAT bytes are not polled, and are read all the same.",
                "",
                ScriptSetup.Tcp,
                "lowat a 10; send c 9; poll a; send c 1; poll a; recv a 3; poll a; recv a 10",
                "0; 9; OUT; 1; IN|OUT; 3; OUT; 7"
            ),
            new(
                "AListenerIsReadableWithAQueue",
                "A listener is IN while somebody is queued, and never OUT.",
                "K:inet_csk_listen_poll",
                ScriptSetup.None,
                "tcp l; bind l; listen l 9; poll l; tcp c; connect c l; poll l; accept l a; poll l; recv l 1; send l 1",
                "new; 0; 0; -; new; EINPROGRESS; IN; new; -; ENOTCONN; EPIPE"
            ),
        ];
}
