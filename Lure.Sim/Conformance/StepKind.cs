namespace Lure.Sim.Conformance;

/// <summary>The calls of a conformance script; the names in lower case are its words.</summary>
public enum StepKind
{
    /// <summary>tcp x: socket(2).</summary>
    Tcp,

    /// <summary>unix x: socket(2).</summary>
    Unix,

    /// <summary>epoll x: epoll_create1(2).</summary>
    Epoll,

    /// <summary>pipe r w: pipe2(2).</summary>
    Pipe,

    /// <summary>accept l x: accept4(2) from l, named x.</summary>
    Accept,

    /// <summary>dup x y: dup(2) of x, named y.</summary>
    Dup,

    /// <summary>close x.</summary>
    Close,

    /// <summary>bind x: to an address that nobody has.</summary>
    Bind,

    /// <summary>listen x backlog.</summary>
    Listen,

    /// <summary>connect x y: to the address that y was bound to.</summary>
    Connect,

    /// <summary>send x bytes.</summary>
    Send,

    /// <summary>pass x bytes: sendmsg(2) with a descriptor beside them.</summary>
    Pass,

    /// <summary>recv x bytes.</summary>
    Recv,

    /// <summary>peek x bytes: recv(2) with MSG_PEEK.</summary>
    Peek,

    /// <summary>writev x bytes bytes: two vectors, also of pipes.</summary>
    WriteV,

    /// <summary>readv x bytes bytes: two vectors, also of pipes.</summary>
    ReadV,

    /// <summary>oob x: one urgent byte.</summary>
    Oob,

    /// <summary>recvoob x: reads the urgent byte.</summary>
    RecvOob,

    /// <summary>shutwr x: shutdown(2) of writing, a FIN.</summary>
    ShutWr,

    /// <summary>shutrd x: shutdown(2) of reading.</summary>
    ShutRd,

    /// <summary>shut x: shutdown(2) of both.</summary>
    Shut,

    /// <summary>error x: SO_ERROR.</summary>
    Error,

    /// <summary>linger x seconds: SO_LINGER; -1 for off. With seconds a close waits so long for the peer to acknowledge.</summary>
    Linger,

    /// <summary>lowat x bytes: SO_RCVLOWAT.</summary>
    LoWat,

    /// <summary>notsent x bytes: TCP_NOTSENT_LOWAT; 0 for none.</summary>
    NotSent,

    /// <summary>inline x value: SO_OOBINLINE.</summary>
    Inline,

    /// <summary>sndbuf x bytes: SO_SNDBUF.</summary>
    SndBuf,

    /// <summary>rcvbuf x bytes: SO_RCVBUF.</summary>
    RcvBuf,

    /// <summary>inq x: FIONREAD.</summary>
    InQ,

    /// <summary>outq x: SIOCOUTQ.</summary>
    OutQ,

    /// <summary>peer x: getpeername(2).</summary>
    Peer,

    /// <summary>poll x: poll(2), the mask.</summary>
    Poll,

    /// <summary>pipesize x bytes: F_SETPIPE_SZ.</summary>
    PipeSize,

    /// <summary>splice x y bytes, from a socket or a pipe to a pipe or a socket.</summary>
    Splice,

    /// <summary>add e x mask: epoll_ctl(2).</summary>
    Add,

    /// <summary>mod e x mask: epoll_ctl(2).</summary>
    Mod,

    /// <summary>del e x: epoll_ctl(2).</summary>
    Del,

    /// <summary>wait e events: epoll_wait(2), up to that many.</summary>
    Wait,

    /// <summary>limit n: RLIMIT_NOFILE, so that a script has so many numbers for its descriptors.</summary>
    Limit,

    /// <summary>fill x bytes: sends pieces of that size until no more fits; the answer is why it ended, for how much fits is the kernel's affair.</summary>
    Fill,

    /// <summary>drain x: reads until there is nothing more; the answer is why it ended.</summary>
    Drain,
}
