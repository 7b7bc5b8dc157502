using System.Collections.Immutable;

namespace Lure.Sim.Conformance.Twin;

/// <summary>What has to come of a relay by its rules, whatever kernel it is on: each kind of end, both orders, all backends.</summary>
public static class NamedTwins
{
    public static ImmutableArray<NamedTwin> All { get; } =
    [
        new(
            "BothWaysThenTheClientFinishesFirst",
            "connect a; send a 5; drain A; send A 3; finish a; drain A; finish A; drain a",
            "a: 3 received, FIN; A: 5 received, FIN; --"
        ),
        new(
            "BothWaysThenTheServerFinishesFirst",
            "connect a; send a 5; drain A; send A 3; finish A; drain a; finish a; drain A",
            "a: 3 received, FIN; A: 5 received, FIN; --"
        ),
        new(
            "OneWayGoesOnAfterAFin",
            "connect a; finish a; drain A; send A 9000; drain a; send A 1; finish A",
            "a: 9001 received, FIN; A: 0 received, FIN; --"
        ),
        new(
            "BothFinishUnread",
            "connect a; send a 5; send A 7; finish a; finish A",
            "a: 7 received, FIN; A: 5 received, FIN; --"
        ),
        new(
            "AClientThatOnlyLooksIn",
            "connect a; close a; drain A; close A",
            "a: 0 received, no end; A: 0 received, FIN; --"
        ),
        new(
            "TheClientResets",
            "connect a; send a 5; send A 3; reset a; drain A",
            "a: 0 received, no end; A: 5 received, RST; CD"
        ),
        new(
            "TheServerResets",
            "connect a; send A 5; send a 3; reset A; drain a",
            "a: 5 received, RST; A: 0 received, no end; SD"
        ),
        new(
            "TheClientClosesWithBytesUnread",
            "connect a; send A 5; send a 3; close a; drain A",
            "a: 0 received, no end; A: 3 received, RST; CD"
        ),
        new(
            "TheServerClosesWithBytesUnread",
            "connect a; send a 5; send A 3; close A; drain a",
            "a: 3 received, RST; A: 0 received, no end; SD"
        ),
        new(
            "BytesForAServerThatHasClosed",
            "connect a; send A 5; close A; send a 3; send a 3; drain a",
            "a: 5 received, FIN; A: 0 received, no end; SD"
        ),
        new(
            "BytesForAClientThatHasClosed",
            "connect a; send a 5; close a; send A 3; send A 3; drain A",
            "a: 0 received, no end; A: 5 received, FIN; CD"
        ),
        new(
            "AResetBehindAFin",
            "connect a; finish A; send a 5; reset A; drain a",
            "a: 0 received, FIN; A: 0 received, no end; --"
        ),
        new(
            "ADeafClient",
            "connect a; deafen a; send A 5; send a 3; drain A; close a; drain A",
            "a: 0 received, no end; A: 3 received, RST; CD"
        ),
        new(
            "AServerThatRefuses",
            "down 1; connect a; send a 5; drain A; connect b; send b 6; drain B",
            "a: 0 received, no end; b: 0 received, no end; A: 5 received, no end; B: 6 received, no end; --; --"
        ),
        new(
            "NoServerAtAll",
            "down 1; down 2; connect a; drain a; up 1; connect b; send b 5; drain B",
            "a: 0 received, RST; b: 0 received, no end; B: 5 received, no end; SC; --"
        ),
        new(
            "AServerIsLeftOutAfterThreeFailures",
            "down 1; connect a; connect b; connect c; connect d; connect e; up 1; connect f; finish f; drain F",
            "a: 0 received, no end; b: 0 received, no end; c: 0 received, no end; d: 0 received, no end; e: 0 received, no end; f: 0 received, no end; A: 0 received, no end; B: 0 received, no end; C: 0 received, no end; D: 0 received, no end; E: 0 received, no end; F: 0 received, FIN; --; --; --; --; --; --"
        ),
        new(
            "Bulk",
            "connect a; bulk a 1000000; bulk A 1000000; finish a; finish A; drain a; drain A",
            "a: 1000000 received, FIN; A: 1000000 received, FIN; --"
        ),
        new(
            "BulkThroughTwoBytes",
            "block 2; budget 1; events 1; connect a; bulk a 300; bulk A 300; finish A; finish a",
            "a: 300 received, FIN; A: 300 received, FIN; --"
        ),
        new(
            "BulkThroughPipes",
            "block 512; budget 1024; pipes 2; connect a; bulk a 300000; bulk A 300000; finish a; finish A; drain a; drain A",
            "a: 300000 received, FIN; A: 300000 received, FIN; --"
        ),
        new(
            "AResetOverFullPipes",
            "budget 4096; pipes 1; connect a; flood a 5000; reset a; drain A",
            "a: some received, no end; A: some received, RST; CD"
        ),
        new(
            "AStuckReaderGetsAllOfIt",
            "connect a; flood a 5000; poll A; finish a; drain A; finish A",
            "a: all received, FIN; A: all received, FIN; --"
        ),
        new(
            "AResetOverFullBuffers",
            "connect a; flood a 5000; reset a; drain A",
            "a: some received, no end; A: some received, RST; CD"
        ),
        new(
            "AResetByTheStuckReader",
            "connect a; flood a 5000; flood A 3000; reset A; drain a",
            "a: some received, RST; A: some received, no end; SD"
        ),
        new(
            "StuckBothWays",
            "connect a; flood a 4000; flood A 4000; drain a; drain A; finish a; finish A",
            "a: all received, FIN; A: all received, FIN; --"
        ),
        new(
            "UnixServersHalfClosed",
            "back unix; connect a; send a 5; finish a; drain A; send A 5; finish A; drain a",
            "a: 5 received, FIN; A: 5 received, FIN; --"
        ),
        new(
            "AUnixServerClosesWithBytesUnread",
            "back unix; connect a; send a 5; send A 3; close A; drain a",
            "a: 3 received, RST; A: 0 received, no end; SD"
        ),
        new(
            "AUnixServerGoes",
            "back unix; connect a; send A 5; close A; send a 3; drain a",
            "a: 5 received, FIN; A: 0 received, no end; SD"
        ),
        new("AUnixServerRefuses", "back unix; down 1; down 2; connect a; drain a", "a: 0 received, RST; SC"),
        new(
            "AUnixClientCloses",
            "front unix; connect a; send a 5; send A 3; close a; drain A",
            "a: 0 received, no end; A: 5 received, RST; CD"
        ),
        new(
            "UnixOnBothSides",
            "front unix; back unix; connect a; bulk a 100000; bulk A 100000; finish a; close A",
            "a: 100000 received, FIN; A: 100000 received, no end; --"
        ),
        new(
            "ADrainLetsSessionsFinish",
            "connect a; leave; connect b; drain b; send a 5; drain A; finish a; finish A",
            "a: 0 received, FIN; b: 0 received, ECONNREFUSED; A: 5 received, FIN; --"
        ),
        new(
            "AStopCutsThem",
            "connect a; send a 5; connect b; finish b; stop; drain A; drain B; drain a",
            "a: 0 received, RST; b: 0 received, RST; A: 5 received, RST; B: 0 received, FIN; KD; KD"
        ),
    ];
}
