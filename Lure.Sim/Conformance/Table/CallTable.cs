using System;
using System.Collections.Generic;
using System.Linq;

namespace Lure.Sim.Conformance.Table;

/// <summary>
/// Every call in every situation: a script each, which brings a descriptor x somewhere, makes one call on it (or one
/// of its peer's), and then asks everything that can be asked of both. Random scripts seldom call what makes no sense.
/// </summary>
public static class CallTable
{
    /// <summary>What is called, as steps; nearly always one.</summary>
    public static IReadOnlyList<string> Calls { get; } =
    [
        .. Descriptors(),
        .. Connecting(),
        .. Transfers(),
        .. Endings(),
        .. Options(),
        .. Splices(),
        .. Polling(),
        .. OfThePeer(),
    ];

    public static IReadOnlyList<Situation> Situations => Table.Situations.All;

    /// <summary>Each call that the fake does not leave out there.</summary>
    public static IEnumerable<CallScript> ScriptsOf(Situation situation) =>
        Calls
            .Where(call => !situation.LeftOut.Any(word => HasWord(call, word)))
            .Select(call => new CallScript(situation, call));

    /// <summary>The line of a record above those of a situation.</summary>
    public static string HeadOf(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return $"[{situation.Name}] {situation.Script}";
    }

    private static bool HasWord(string steps, string word) =>
        steps.Split("; ").Any(step => step.StartsWith(word + " ", StringComparison.Ordinal));

    private static string[] Descriptors() => ["dup x a", "close x", "limit 0; dup x a; accept x b; limit -1"];

    private static string[] Connecting() =>
        [
            "bind x",
            "listen x 3",
            "listen x 0",
            "accept x a",
            "connect x l",
            "connect x x",
            "connect x y",
            "connect x r",
        ];

    private static string[] Transfers() =>
        [
            "send x 0",
            "send x 7",
            "send x 5000",
            "pass x 7",
            "recv x 0",
            "recv x 3",
            "recv x 9000",
            "peek x 0",
            "peek x 3",
            "peek x 9000",
            "writev x 0 0",
            "writev x 3 4",
            "writev x 3000 2000",
            "readv x 0 0",
            "readv x 3 4",
            "readv x 4096 4096",
            "oob x",
            "recvoob x",
            "drain x",
        ];

    private static string[] Endings() =>
        [
            "shutwr x",
            "shutrd x",
            "shut x",
            "linger x 0; close x",
            "linger x 0; linger x -1; close x",
            "shutwr x; close x",
        ];

    private static string[] Options() =>
        [
            "error x",
            "lowat x 8",
            "lowat x -1",
            "notsent x 1",
            "notsent x 0",
            "inline x 1",
            "inline x 0",
            "sndbuf x 5000",
            "sndbuf x 1",
            "rcvbuf x 30000",
            "rcvbuf x 1",
            "inq x",
            "outq x",
            "peer x",
        ];

    private static string[] Splices() =>
        [
            "splice x w 7",
            "splice x w 9000",
            "splice x r 7",
            "splice r x 4",
            "splice r x 100",
            "splice w x 4",
            "splice x x 7",
            "splice x y 7",
            "splice y x 7",
            "splice x e 7",
            "splice e x 7",
            "pipesize x 4096",
            "pipesize x 10000",
            "pipesize x 262144",
        ];

    private static string[] Polling() =>
        [
            "poll x",
            "wait x 3",
            "add e x IN",
            "mod e x IN|OUT",
            "del e x",
            "del e x; mod e x IN",
            "add x e IN",
            "add x x IN",
            "add x y IN",
            "del x y",
        ];

    private static string[] OfThePeer() =>
        [
            "send y 7",
            "send y 7; send y 5; recv x 9",
            "oob y; recv x 1",
            "recv y 3",
            "drain y",
            "shutwr y",
            "shutrd y; send x 1",
            "shutrd y; shutwr y",
            "close y",
            "close y; send x 1; send x 1",
            "linger y 0; close y",
            "close l",
        ];
}
