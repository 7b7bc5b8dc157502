using System;
using System.Net;

namespace Lure.Linux.Demo;

/// <summary>What to type while the relay stays up.</summary>
internal static class HowToTry
{
    /// <param name="address">Where the relay is reached.</param>
    /// <param name="deadline">Of the drain.</param>
    public static string Text(IPEndPoint address, TimeSpan deadline) =>
        $"""

            The relay stays up on {address}. Try it from another terminal:
              nc {address.Address} {address.Port}
                hello     comes back; Ctrl-C in nc ends the session
                reset     comes back, and then the server resets the connection
            Or, in bash and without nc:
              exec 3<>/dev/tcp/{address.Address}/{address.Port}
              echo hello >&3; head -1 <&3; exec 3>&-
            A line here tells how each session ended. Its code is -- when it was whole,
            C. when the client cut it, S. when the server did (docs/endings.md).
            Ctrl-C here drains for at most {deadline.TotalSeconds:0} s and prints a summary.

            """;
}
