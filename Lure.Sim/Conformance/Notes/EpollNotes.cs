using System.Collections.Generic;

namespace Lure.Sim.Conformance.Notes;

/// <summary>When epoll reports, what, and in which order.</summary>
internal static class EpollNotes
{
    public static NotedTopic Topic { get; } = new("When epoll reports, what, and in which order", Scripts());

    private static IReadOnlyList<NamedScript> Scripts() =>
        [
            new(
                "LevelTriggeredItemsTakeTurns",
                "Level-triggered: in the order of becoming ready, and who was reported goes to the tail.",
                "",
                ScriptSetup.Three,
                "wait e 2; wait e 2; wait e 2; wait e 5",
                "a:IN b:IN; g:IN a:IN; b:IN g:IN; a:IN b:IN g:IN"
            ),
            new(
                "AnEdgeIsReportedOnce",
                "Edge-triggered: once for each wake-up, with all bits; leftovers are no edge.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a IN|OUT|RDHUP|ET; wait e 5; wait e 5; send c 9; wait e 5; recv a 1; wait e 5; send c 1; wait e 5",
                "new; 0; a:OUT; -; 9; a:IN|OUT; 1; -; 1; a:IN|OUT"
            ),
            new(
                "EdgesBeyondTheArrayStayQueued",
                "Edges that do not fit into the array are reported by the next wait.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a OUT|ET; add e c OUT|ET; wait e 1; wait e 1; wait e 1",
                "new; 0; 0; a:OUT; c:OUT; -"
            ),
            new(
                "ModifyArmsAnEdgeAgain",
                "EPOLL_CTL_MOD, even to the same, reports what is true now once more.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a OUT|ET; wait e 5; wait e 5; mod e a OUT|ET; wait e 5; wait e 5",
                "new; 0; a:OUT; -; 0; a:OUT; -"
            ),
            new(
                "DataAndFinAreOneEdge",
                "Data and the FIN behind it can be one event: after a short read no other comes.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a IN|RDHUP|ET; send c 5; shutwr c; wait e 5; recv a 10; wait e 5; recv a 10",
                "new; 0; 5; 0; a:IN|RDHUP; 5; -; 0"
            ),
            new(
                "AnUrgentMarkIsNoEdge",
                "A read that stops at the urgent mark is short, bytes are left, and no edge follows.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a IN|PRI|ET; send c 2; oob c; send c 2; wait e 5; recv a 100; wait e 5; recv a 100",
                "new; 0; 2; 1; 2; a:IN|PRI; 2; -; 2"
            ),
            new(
                "LevelTriggeredSpinsAtTheEnd",
                "Level-triggered with IN or RDHUP reports an end again and again.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a IN; shutwr c; wait e 5; recv a 1; wait e 5; wait e 5; mod e a OUT; wait e 5",
                "new; 0; 0; a:IN; 0; a:IN; a:IN; 0; a:OUT"
            ),
            new(
                "MaskZeroHearsOfDeathOnly",
                "With mask 0 a FIN is silence, both FINs are HUP, a reset is ERR and HUP.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a -; shutwr c; wait e 5; shutwr a; wait e 5; wait e 5; del e a; wait e 5",
                "new; 0; 0; -; 0; a:HUP; a:HUP; 0; -"
            ),
            new(
                "MaskZeroHearsOfAReset",
                "ERR and HUP cannot be masked; ERR goes with the error.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a -; linger c 0; close c; wait e 5; error a; wait e 5; wait e 5",
                "new; 0; 0; 0; a:ERR|HUP; ECONNRESET; a:HUP; a:HUP"
            ),
            new(
                "RefusedThroughNarrowMasks",
                "A refusal shows the bits that were asked for, and ERR and HUP.",
                "",
                ScriptSetup.None,
                "tcp l; bind l; epoll e; epoll f; epoll g; tcp c; connect c l; add e c -; add f c OUT; add g c IN|RDHUP; wait e 5; wait f 5; wait g 5",
                "new; 0; new; new; new; new; EINPROGRESS; 0; 0; 0; c:ERR|HUP; c:OUT|ERR|HUP; c:IN|ERR|HUP|RDHUP"
            ),
            new(
                "OneShotDisarms",
                "EPOLLONESHOT reports once, then nothing, not even ERR and HUP, until EPOLL_CTL_MOD.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a IN|ONESHOT; send c 1; wait e 5; wait e 5; linger c 0; close c; wait e 5; mod e a IN|ONESHOT; wait e 5; wait e 5",
                "new; 0; 1; a:IN; -; 0; 0; -; 0; a:IN|ERR|HUP; -"
            ),
            new(
                "TheKeyIsFileAndNumber",
                "close with a duplicate alive leaves the registration; it can not be removed by the old number any more.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a IN; dup a b; close a; send c 1; wait e 5; del e a; del e b; mod e b IN; add e b IN; wait e 5",
                "new; 0; new; 0; 1; a:IN; EBADF; ENOENT; ENOENT; 0; a:IN b:IN"
            ),
            new(
                "AReusedNumberCarriesOldData",
                "Events of a number that means another socket by now carry what it was registered with.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a IN; dup a b; close a; tcp x; add e x IN; send c 1; wait e 5; wait e 5; close b; wait e 5",
                "new; 0; new; 0; as a; 0; 1; x:HUP a:IN; x:HUP a:IN; 0; x:HUP"
            ),
            new(
                "LastCloseRemoves",
                "The last close removes the registration, with what was queued for it.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e a IN; send c 1; close a; wait e 5; tcp x; add e x IN; del e x; del e x; mod e x IN; add e x IN; add e x OUT",
                "new; 0; 1; 0; -; as a; 0; 0; ENOENT; ENOENT; 0; EEXIST"
            ),
            new(
                "OneEdgeForThreeConnections",
                "An edge-triggered listener has one edge for all that came since.",
                "",
                ScriptSetup.None,
                "epoll e; tcp l; bind l; listen l 9; add e l IN|ET; tcp c; connect c l; tcp d; connect d l; wait e 5; accept l a; wait e 5; accept l b; accept l x",
                "new; new; 0; 0; 0; new; EINPROGRESS; new; EINPROGRESS; l:IN; new; -; new; EAGAIN"
            ),
            new(
                "ExclusiveCannotBeModified",
                "EPOLLEXCLUSIVE: no MOD, no ONESHOT, no RDHUP.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e l IN|EXCLUSIVE; mod e l IN; add e a IN|RDHUP|EXCLUSIVE; mod e a IN|EXCLUSIVE; add e l IN; wait e 1",
                "new; 0; EINVAL; EINVAL; EINVAL; EEXIST; -"
            ),
            new(
                "SpaceIsToldAfterAShortfall",
                "An OUT edge follows a send that fell short.",
                "",
                ScriptSetup.Small,
                "epoll e; add e c OUT|ET; wait e 5; fill c 60000; wait e 5; drain a; wait e 5; wait e 5",
                "new; 0; c:OUT; EAGAIN; -; EAGAIN; c:OUT; -"
            ),
            new(
                "NoSpaceIsToldAfterAFullSend",
                "After a send that was taken whole there is no OUT edge.",
                "",
                ScriptSetup.Tcp,
                "epoll e; add e c OUT|ET; wait e 5; send c 5000; recv a 9000; wait e 5",
                "new; 0; c:OUT; 5000; 5000; -"
            ),
            new(
                "TheBitsAreThoseOfTheWait",
                "What is reported is true when it is reported, not when the wake-up came.",
                "K:ep_send_events",
                ScriptSetup.Tcp,
                "epoll e; add e a IN|OUT|ET; wait e 5; send c 5; recv a 9; wait e 5; send c 5; recv a 9; mod e a IN|ET; wait e 5",
                "new; 0; a:OUT; 5; 5; a:OUT; 5; 5; 0; -"
            ),
            new(
                "OwnShutdownIsAnEdge",
                "shutdown wakes its own socket, even if it changes nothing that is polled.",
                "K:inet_shutdown",
                ScriptSetup.Tcp,
                "epoll e; add e c OUT|ET; wait e 5; shutwr c; wait e 5; shutwr c; wait e 5",
                "new; 0; c:OUT; 0; c:OUT; 0; c:OUT"
            ),
            new(
                "TheAckOfAFinIsAnEdge",
                "The acknowledgement of a FIN wakes, and comes with the peer's next segment.",
                "K:tcp_rcv_state_process, K:tcp_fin",
                ScriptSetup.Tcp,
                "epoll e; add e c OUT|ET; shutwr c; wait e 5; send a 1; wait e 5; send a 1; wait e 5",
                "new; 0; 0; c:OUT; 1; c:OUT; 1; -"
            ),
            new(
                "TheNewestRegistrationIsWokenFirst",
                "Of two registrations of one file the newer is woken first.",
                "K:add_wait_queue",
                ScriptSetup.Tcp,
                "epoll e; dup a b; add e a IN; add e b IN; send c 1; wait e 5",
                "new; new; 0; 0; 1; b:IN a:IN"
            ),
            new(
                "ConnectWakes",
                "A connect that ends is an edge, whichever way.",
                "",
                ScriptSetup.None,
                "epoll e; tcp l; bind l; tcp c; add e c OUT|ET; wait e 5; connect c l; wait e 5; connect c l; wait e 5; listen l 1; connect c l; wait e 5",
                "new; new; 0; new; 0; c:OUT|HUP; EINPROGRESS; c:OUT|ERR|HUP; ECONNREFUSED; c:OUT|HUP; 0; EINPROGRESS; c:OUT"
            ),
            new(
                "ANumberIsFreeAtOnce",
                "A number that was reported may mean another socket before its report is looked at.",
                "",
                ScriptSetup.Three,
                "wait e 3; close b; tcp x; poll x; recv x 1; wait e 3",
                "a:IN b:IN g:IN; 0; as b; OUT|HUP; ENOTCONN; a:IN g:IN"
            ),
        ];
}
