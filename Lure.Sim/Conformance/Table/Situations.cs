using System.Collections.Generic;

namespace Lure.Sim.Conformance.Table;

/// <summary>The kinds of descriptors, and the states that each can be brought into without waiting.</summary>
internal static class Situations
{
    private const string Tcp = "tcp l; bind l; listen l 4; tcp y; connect y l; accept l x";
    private const string TcpClient = "tcp l; bind l; listen l 4; tcp x; connect x l; accept l y";
    private const string Small =
        "tcp l; rcvbuf l 16384; bind l; listen l 4; tcp y; rcvbuf y 16384; connect y l; accept l x";
    private const string Unix = "unix l; bind l; listen l 4; unix y; connect y l; accept l x";
    private const string UnixClient = "unix l; bind l; listen l 4; unix x; connect x l; accept l y";

    // How much of a full window has to be read before the peer may go on is the kernel's affair (__tcp_select_window).
    private static string[] Amounts =>
        [
            "inq",
            "recv",
            "readv",
            "splice",
            "send",
            "pass",
            "writev",
            "fill",
            "lowat",
            "notsent",
            "oob",
            "rcvbuf",
            "sndbuf",
            "shutrd",
            "shut",
        ];

    public static IReadOnlyList<Situation> All { get; } =
    [.. Others(), .. Pipes(), .. Unconnected(), .. Connected(), .. Ending(), .. Urgent(), .. UnixSockets()];

    private static Situation[] Others() =>
        [
            new("never-opened", ""),
            new("closed", "tcp x; close x"),
            new("an-epoll", "epoll x; tcp y; add x y OUT|HUP", "add"),
        ];

    private static Situation[] Pipes() =>
        [
            new("read-end-empty", "pipe x y"),
            new("read-end-with-bytes", "pipe x y; writev y 5000 100"),
            new("read-end-full", "pipe x y; pipesize y 8192; writev y 4096 4096"),
            new("read-end-of-a-closed-writer", "pipe x y; close y"),
            new("read-end-with-the-last-bytes", "pipe x y; writev y 3 2; close y"),
            new("write-end-empty", "pipe y x"),
            new("write-end-with-bytes", "pipe y x; writev x 4000 10; writev x 5 0"),
            new("write-end-full", "pipe y x; pipesize x 4096; writev x 4096 0"),
            new("write-end-of-many-pages", "pipe y x; pipesize x 262144; writev x 50000 3; recv y 9; writev x 0 50000"),
            new("write-end-of-a-closed-reader", "pipe y x; writev x 5 0; close y"),
        ];

    private static Situation[] Unconnected() =>
        [
            new("tcp-fresh", "tcp l; bind l; listen l 4; tcp x"),
            new("tcp-bound", "tcp l; bind l; listen l 4; tcp x; bind x"),
            new("tcp-listening", "tcp x; bind x; listen x 0; tcp y; connect y x; accept x y"),
            new("tcp-listening-unbound", "tcp x; listen x 2; tcp y"),
            new("tcp-listening-with-one", "tcp x; bind x; listen x 0; tcp y; connect y x; send y 4"),
            new("tcp-listening-shut", "tcp x; bind x; listen x 4; tcp y; connect y x; shutrd x"),
            new("tcp-connecting", "tcp l; bind l; listen l 0; tcp y; connect y l; tcp x; connect x l"),
            new("tcp-refused", "tcp l; bind l; tcp x; connect x l"),
            new("tcp-refused-and-told", "tcp l; bind l; tcp x; connect x l; error x"),
            new("tcp-refused-and-over", "tcp l; bind l; tcp x; connect x l; error x; connect x l"),
            new("tcp-connecting-shut", "tcp l; bind l; listen l 0; tcp y; connect y l; tcp x; connect x l; shutwr x"),
            new("tcp-connected-to-itself", "tcp x; bind x; connect x x", "writev"),
        ];

    private static Situation[] Connected() =>
        [
            new("tcp-accepted", Tcp),
            new("tcp-client", TcpClient),
            new("tcp-client-asked", TcpClient + "; connect x l"),
            new("tcp-with-bytes", Tcp + "; send y 100"),
            new("tcp-with-bytes-below-its-mark", Tcp + "; lowat x 50; send y 20"),
            OfFull("tcp-full", Small + "; fill x 3000"),
            OfFull("tcp-full-and-drained", Small + "; fill x 3000; drain y"),
            OfFull("tcp-flooded", Small + "; fill y 3000"),
            OfFull("tcp-with-little-unsent", Small + "; notsent x 5000; fill x 1000"),
            new("tcp-with-linger", Tcp + "; linger x 0; send y 3"),
            new("tcp-duplicated", Tcp + "; dup x z"),
        ];

    private static Situation[] Ending() =>
        [
            new("tcp-fin-came", Tcp + "; shutwr y"),
            new("tcp-bytes-and-fin-came", Tcp + "; send y 5; shutwr y"),
            new("tcp-fin-and-end-came", Tcp + "; close y"),
            new("tcp-fin-sent", Tcp + "; shutwr x"),
            new("tcp-fin-sent-with-bytes", Tcp + "; send y 5; send x 6; shutwr x"),
            OfFull("tcp-fin-waits", Small + "; fill x 3000; shutwr x"),
            new("tcp-both-fins", Tcp + "; shutwr x; shutwr y"),
            new("tcp-both-fins-other-first", Tcp + "; shutwr y; shutwr x"),
            OfFull("tcp-fins-cross", Small + "; fill x 3000; fill y 3000; shutwr x; shutwr y"),
            new("tcp-reading-shut", Tcp + "; shutrd x"),
            new("tcp-reading-shut-with-bytes", Tcp + "; send y 5; shutrd x; send y 6"),
            new("tcp-shut", Tcp + "; shut x"),
            new("tcp-shut-with-bytes", Tcp + "; send y 5; shut x"),
            new("tcp-shut-and-answered", Tcp + "; shut x; send y 3"),
            new("tcp-reset", Tcp + "; linger y 0; close y"),
            new("tcp-reset-behind-bytes", Tcp + "; send y 5; linger y 0; close y"),
            new("tcp-reset-and-told", Tcp + "; linger y 0; close y; error x"),
            new("tcp-reset-behind-a-fin", Tcp + "; shutwr y; send x 5; close y"),
            OfFull("tcp-reset-while-full", Small + "; fill x 3000; linger y 0; close y"),
            new("tcp-reset-by-unread-bytes", Tcp + "; send x 5; close y"),
            new("tcp-broken", Tcp + "; close y; send x 5"),
        ];

    private static Situation[] Urgent() =>
        [
            new("tcp-urgent-behind-bytes", Tcp + "; send y 5; oob y; send y 4"),
            new("tcp-urgent-first", Tcp + "; oob y; send y 4"),
            new("tcp-urgent-read", Tcp + "; send y 5; oob y; send y 4; recvoob x"),
            new("tcp-urgent-inline", Tcp + "; inline x 1; send y 5; oob y; send y 4"),
            new("tcp-urgent-twice", Tcp + "; oob y; send y 4; oob y; send y 3"),
            OfFull("tcp-urgent-waits", Small + "; fill y 3000; oob y; send y 3"),
            new("tcp-urgent-and-fin", Tcp + "; send y 2; oob y; shutwr y"),
        ];

    private static Situation[] UnixSockets() =>
        [
            OfUnix("unix-fresh", "unix l; bind l; listen l 4; unix x"),
            OfUnix("unix-bound", "unix l; bind l; listen l 4; unix x; bind x"),
            OfUnix("unix-listening", "unix x; bind x; listen x 0; unix y; connect y x; accept x y"),
            OfUnix("unix-listening-with-one", "unix x; bind x; listen x 0; unix y; connect y x; send y 4"),
            OfUnix("unix-listening-shut", "unix x; bind x; listen x 0; unix y; shutrd x; connect y x"),
            OfUnix("unix-refused", "unix l; bind l; unix x; connect x l"),
            OfUnix("unix-of-a-full-listener", "unix l; bind l; listen l 0; unix y; connect y l; unix x; connect x l"),
            OfUnix("unix-accepted", Unix),
            OfUnix("unix-client", UnixClient),
            OfUnix("unix-with-bytes", Unix + "; send y 100"),
            OfUnix("unix-with-pieces", Unix + "; send y 5; send y 4; send y 3"),
            OfUnix("unix-with-a-descriptor", Unix + "; send y 5; pass y 4; send y 3; pass y 2"),
            OfUnix("unix-full", Unix + "; sndbuf x 5000; fill x 1000"),
            OfUnix("unix-full-and-half-read", Unix + "; sndbuf x 5000; fill x 1000; recv y 2500"),
            OfUnix("unix-below-its-mark", Unix + "; lowat x 50; send y 20"),
            OfUnix("unix-fin-came", Unix + "; send y 5; shutwr y"),
            OfUnix("unix-fin-sent", Unix + "; send x 5; shutwr x"),
            OfUnix("unix-reading-shut", Unix + "; send y 5; shutrd x"),
            OfUnix("unix-shut", Unix + "; shut x"),
            OfUnix("unix-shut-before", "unix l; bind l; listen l 4; unix y; shutrd y; connect y l; accept l x"),
            OfUnix("unix-end-came", Unix + "; send y 5; close y"),
            OfUnix("unix-reset", Unix + "; send y 5; send x 5; close y"),
            OfUnix("unix-not-accepted", "unix l; bind l; listen l 4; unix x; connect x l; send x 3; close l"),
        ];

    private static Situation OfFull(string name, string script) => new(name, script, Amounts);

    private static Situation OfUnix(string name, string script) => new(name, script, "oob", "recvoob");
}
