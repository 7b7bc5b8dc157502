using System.Collections.Generic;

namespace Lure.Sim.Conformance.Notes;

/// <summary>What read, readv and recv answer.</summary>
internal static class ReadNotes
{
    public static NotedTopic Topic { get; } = new("What read, readv and recv answer", Scripts());

    private static IReadOnlyList<NamedScript> Scripts() =>
        [
            new(
                "DataSurvivesTheResetBehindIt",
                "Bytes that came before a reset are read first; then ECONNRESET, once; then 0.",
                "",
                ScriptSetup.Tcp,
                "send c 500; linger c 0; close c; recv a 200; recv a 1000; recv a 1; recv a 1; send a 1",
                "500; 0; 0; 200; 300; ECONNRESET; 0; EPIPE"
            ),
            new(
                "AskingForTheErrorLaundersAReset",
                "SO_ERROR takes the error: the reader then sees data and a clean end.",
                "",
                ScriptSetup.Tcp,
                "send c 5; linger c 0; close c; error a; error a; recv a 10; recv a 10",
                "5; 0; 0; ECONNRESET; 0; 5; 0"
            ),
            new(
                "AWriteTakesTheErrorFromTheReader",
                "A write eats the ECONNRESET; the reader sees data and 0.",
                "",
                ScriptSetup.Tcp,
                "send c 5; linger c 0; close c; send a 1; send a 1; recv a 10; recv a 10",
                "5; 0; 0; ECONNRESET; EPIPE; 5; 0"
            ),
            new(
                "PeekTakesTheErrorToo",
                "MSG_PEEK leaves bytes and takes an error.",
                "",
                ScriptSetup.Tcp,
                "send c 5; linger c 0; close c; peek a 10; recv a 10; peek a 10; recv a 10",
                "5; 0; 0; 5; 5; ECONNRESET; 0"
            ),
            new(
                "ANeverEndingEnd",
                "After a FIN every read is 0.",
                "",
                ScriptSetup.Tcp,
                "shutwr c; recv a 1; recv a 1; readv a 1 1; peek a 1",
                "0; 0; 0; 0; 0"
            ),
            new(
                "TheEndHidesAnError",
                "After a FIN a read never takes an error: ERR stays until a write does.",
                "",
                ScriptSetup.Tcp,
                "send c 5; close c; send a 3; recv a 10; recv a 10; poll a; send a 1; poll a",
                "5; 0; 3; 5; 0; IN|OUT|ERR|HUP|RDHUP; EPIPE; IN|OUT|HUP|RDHUP"
            ),
            new(
                "BytesAfterOwnShutdownOfReading",
                "shutdown(RD) reads as an end, yet what arrives later is taken, and read.",
                "",
                ScriptSetup.Tcp,
                "shutrd a; recv a 10; send c 5; poll a; recv a 10; recv a 10; poll c",
                "0; 0; 5; IN|OUT|RDHUP; 5; 0; OUT"
            ),
            new(
                "AShortReadEndsInsideAVector",
                "readv fills the first vector, then as much of the second as there is.",
                "M:readv",
                ScriptSetup.Tcp,
                "send c 7; readv a 3 100; send c 2; readv a 3 100; readv a 3 100",
                "7; 7; 2; 2; EAGAIN"
            ),
            new(
                "AReadStopsAtTheUrgentMark",
                "A read ends before the urgent byte though more is queued behind; the byte itself is left out.",
                "",
                ScriptSetup.Tcp,
                "send c 2; oob c; send c 2; inq a; recv a 100; inq a; recv a 100; recv a 100; recvoob a",
                "2; 1; 2; 2; 2; 0; 2; EAGAIN; EINVAL"
            ),
            new(
                "AnUrgentByteInline",
                "With SO_OOBINLINE a read ends before the urgent byte too, and the next begins with it.",
                "",
                ScriptSetup.Tcp,
                "inline a 1; send c 2; oob c; send c 2; inq a; recv a 100; recv a 100; recvoob a",
                "0; 2; 1; 2; 5; 2; 3; EINVAL"
            ),
            new(
                "AReadOfNothing",
                "readv of no bytes is 0, with data and with an error, which stay; recv of none takes the error.",
                "",
                ScriptSetup.Tcp,
                "send c 5; readv a 0 0; recv a 0; linger c 0; close c; readv a 0 0; recv a 9; readv a 0 0; recv a 0; recv a 1",
                "5; 0; 0; 0; 0; 0; 5; 0; ECONNRESET; 0"
            ),
            new(
                "AListenerIsNotRead",
                "A listener is ENOTCONN to whoever reads it, and EPIPE to whoever writes.",
                "K:tcp_recvmsg_locked",
                ScriptSetup.Tcp,
                "recv l 1; readv l 1 1; send l 1; peek l 1",
                "ENOTCONN; ENOTCONN; EPIPE; ENOTCONN"
            ),
            new(
                "AMarkBelowZeroIsTheHighest",
                "SO_RCVLOWAT of less than 0 is as much as it can be; of 0 it is 1.",
                "K:sk_setsockopt",
                ScriptSetup.Tcp,
                "send c 5; poll a; lowat a -1; poll a; recv a 2; lowat a 0; poll a",
                "5; IN|OUT; 0; OUT; 2; 0; IN|OUT"
            ),
        ];
}
