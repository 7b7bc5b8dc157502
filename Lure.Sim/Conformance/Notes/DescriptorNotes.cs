using System.Collections.Generic;

namespace Lure.Sim.Conformance.Notes;

/// <summary>Numbers.</summary>
internal static class DescriptorNotes
{
    public static NotedTopic Topic { get; } = new("Numbers", Scripts());

    private static IReadOnlyList<NamedScript> Scripts() =>
        [
            new(
                "TheLowestFreeNumber",
                "A new descriptor has the lowest free number.",
                "M:open",
                ScriptSetup.Tcp,
                "close c; close l; tcp x; tcp y; tcp z",
                "0; 0; as l; as c; new"
            ),
            new(
                "AClosedNumber",
                "A closed number is EBADF, to close as well.",
                "M:close",
                ScriptSetup.Tcp,
                "close c; close c; recv c 1; poll c; shutwr c; error c; dup c d; splice c a 1",
                "0; EBADF; EBADF; EBADF; EBADF; EBADF; EBADF; EBADF"
            ),
            new(
                "DuplicatesAreOneSocket",
                "A duplicate is the same socket: the FIN goes with the last close.",
                "M:dup",
                ScriptSetup.Tcp,
                "dup c d; send c 1; close c; recv a 9; recv a 9; send d 2; close d; recv a 9; recv a 9",
                "new; 1; 0; 1; EAGAIN; 2; 0; 2; 0"
            ),
            new(
                "TheLimitOfNumbers",
                "Whatever makes a descriptor is EMFILE at the limit; a pipe needs two; who is open above it stays usable.",
                "M:getrlimit",
                ScriptSetup.Tcp,
                "limit 4; pipe r w; epoll e; tcp x; dup a b; limit 2; send c 1; recv a 9; close e; close l; tcp x; limit 4; tcp y; tcp z",
                "0; EMFILE; new; EMFILE; EMFILE; 0; 1; 1; 0; 0; as l; 0; as e; EMFILE"
            ),
        ];
}
