using System.Collections.Generic;

namespace Lure.Sim.Conformance.Notes;

/// <summary>Pipes and splice.</summary>
internal static class PipeNotes
{
    public static NotedTopic Topic { get; } = new("Pipes and splice", Scripts());

    private static IReadOnlyList<NamedScript> Scripts() =>
        [
            new(
                "EmptySocketAndFullPipeAreOneError",
                "splice is EAGAIN when the socket is empty and when the pipe is full, even at the end of the stream.",
                "",
                ScriptSetup.Pipe,
                "splice a w 100; pipesize w 4096; send c 1; splice a w 100; shutwr c; poll a; splice a w 100; readv r 1 1; splice a w 100",
                "EAGAIN; 4096; 1; 1; 0; IN|OUT|RDHUP; EAGAIN; 1; 0"
            ),
            new(
                "SlotsFillAPipe",
                "Each splice takes a slot, however few its bytes: sixteen bytes fill a pipe of 64 KiB.",
                "",
                ScriptSetup.Pipe,
                "send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; send c 1; splice a w 9; inq r; poll w; readv r 1 0; poll w; splice a w 9",
                "1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; 1; EAGAIN; 16; -; 1; OUT; 1"
            ),
            new(
                "APartlyReadSlotIsTaken",
                "A slot is free when its last byte is gone.",
                "",
                ScriptSetup.Pipe,
                "pipesize w 4096; send c 9; splice a w 9; readv r 4 4; send c 1; splice a w 9; poll w; readv r 1 1; poll w; splice a w 9",
                "4096; 9; 9; 8; 1; EAGAIN; -; 1; OUT; 1"
            ),
            new(
                "SpliceMeetsTheEnd",
                "splice gives 0 at a FIN; a reset is data, ECONNRESET, 0.",
                "",
                ScriptSetup.Pipe,
                "send c 5; shutwr c; splice a w 100; splice a w 100; inq r",
                "5; 0; 5; 0; 5"
            ),
            new(
                "SpliceMeetsAReset",
                "splice gives the data before a reset, its error once, then 0.",
                "",
                ScriptSetup.Pipe,
                "send c 5; linger c 0; close c; splice a w 3; splice a w 100; splice a w 100; splice a w 100",
                "5; 0; 0; 3; 2; ECONNRESET; 0"
            ),
            new(
                "AResetStrandsBytesInThePipe",
                "A sink that is gone leaves the bytes in the pipe.",
                "",
                ScriptSetup.Pipe,
                "send c 5; splice a w 100; linger c 0; close c; splice r a 100; splice r a 100; inq r; poll r",
                "5; 5; 0; 0; ECONNRESET; EPIPE; 5; IN"
            ),
            new(
                "SpliceBothWays",
                "splice out of a pipe moves what is there; of an empty one EAGAIN, 0 once nobody can write.",
                "M:splice",
                ScriptSetup.Pipe,
                "splice r a 9; send c 5; splice a w 9; splice r a 3; recv c 9; splice r a 9; recv c 9; splice r a 9; close w; splice r a 9; poll r",
                "EAGAIN; 5; 5; 3; 3; 2; 2; EAGAIN; 0; 0; HUP"
            ),
            new(
                "SpliceIntoAPipeWithoutReader",
                "Without a reader splice is EPIPE, and the writing end has ERR.",
                "M:pipe",
                ScriptSetup.Pipe,
                "send c 5; close r; poll w; splice a w 9; writev w 1 1; recv a 9",
                "5; 0; OUT|ERR; EPIPE; EPIPE; 5"
            ),
            new(
                "SpliceStopsAtTheUrgentMark",
                "splice ends at the urgent byte, and gets no further.",
                "K:tcp_read_sock",
                ScriptSetup.Pipe,
                "send c 2; oob c; send c 2; splice a w 9; splice a w 9; recv a 9; inq r",
                "2; 1; 2; 2; EAGAIN; 2; 2"
            ),
            new(
                "WritesShareASlot",
                "What is written joins the last slot if it fits; what was spliced is not joined.",
                "K:anon_pipe_write",
                ScriptSetup.Pipe,
                "pipesize w 4096; writev w 1000 1000; writev w 1000 1000; writev w 90 6; writev w 1 0; poll w; readv r 4096 0; poll w",
                "4096; 2000; 2000; 96; EAGAIN; -; 4096; OUT"
            ),
            new(
                "SizesOfPipes",
                "F_SETPIPE_SZ rounds up to a power of two pages, and is EBUSY below what is taken.",
                "M:fcntl",
                ScriptSetup.None,
                "pipe r w; pipesize w 1; pipesize w 5000; pipesize w 12288; writev w 4096 4096; pipesize w 4096; pipesize r 8192; inq r; inq w; outq r",
                "new; 4096; 8192; 16384; 8192; EBUSY; 8192; 8192; 8192; errno 25"
            ),
            new(
                "SpliceFromPipeToPipe",
                "splice between two pipes moves slots, the last perhaps in part; a slot that was moved whole is joined by writes as before.",
                "K:splice_pipe_to_pipe",
                ScriptSetup.None,
                "pipe r w; pipe s x; splice r x 9; writev w 5 5; splice r x 4; inq r; inq s; splice r x 99; writev x 1 1; inq s; splice r s 1; splice r w 1; close w; splice r x 9",
                "new; new; EAGAIN; 10; 4; 6; 4; 6; 2; 12; EBADF; EINVAL; 0; 0"
            ),
            new(
                "AFullPipeTakesNoSlot",
                "Between pipes too a full one is EAGAIN, and one without a reader EPIPE.",
                "K:splice_pipe_to_pipe",
                ScriptSetup.None,
                "pipe r w; pipe s x; pipesize x 4096; writev w 5 5; writev x 1 1; splice r x 9; poll x; readv s 9 9; splice r x 3; splice r x 9; close s; splice r x 9; inq r",
                "new; new; 4096; 10; 2; EAGAIN; -; 2; 3; EAGAIN; 0; EPIPE; 7"
            ),
            new(
                "SpliceTellsTheSocketsFirst",
                "Who has room by a splice is told before the pipe's reader, and the receiver before the pipe's writer.",
                "K:splice_file_to_pipe",
                ScriptSetup.Unix,
                "epoll e; pipe r w; pipesize w 4096; add e c OUT|ET; add e a IN|ET; add e r IN|ET; add e w OUT|ET; send c 1; wait e 5; splice a w 9; wait e 5; splice r c 9; wait e 5",
                "new; new; 4096; 0; 0; 0; 0; 1; c:OUT w:OUT a:IN; 1; c:OUT r:IN; 1; a:IN w:OUT"
            ),
            new(
                "AResizedPipeIsToldOf",
                "F_SETPIPE_SZ tells whoever polls the end that writes, even of less room.",
                "K:pipe_resize_ring",
                ScriptSetup.None,
                "epoll e; pipe r w; add e w OUT|ET; wait e 5; pipesize r 4096; wait e 5; writev w 4096 0; wait e 5; pipesize r 8192; wait e 5",
                "new; new; 0; w:OUT; 4096; w:OUT; 4096; -; 8192; w:OUT"
            ),
            new(
                "SpliceLooksAtThePipeFirst",
                "A full pipe is EAGAIN, and one without a reader EPIPE, even to what can't be spliced.",
                "K:splice_file_to_pipe",
                ScriptSetup.None,
                "epoll e; pipe r w; splice e w 1; pipesize w 4096; writev w 4096 0; splice e w 1; close r; splice e w 1",
                "new; new; EINVAL; 4096; 4096; EAGAIN; 0; EPIPE"
            ),
        ];
}
