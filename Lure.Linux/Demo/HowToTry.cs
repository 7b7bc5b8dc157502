using System.Net;

namespace Lure.Linux.Demo;

/// <summary>What to type while the relay stays up.</summary>
internal static class HowToTry
{
    /// <param name="address">Where the relay is reached.</param>
    public static string Text(IPEndPoint address) =>
        $"""

            The relay stays up on {address}. Try it from another terminal:
              nc {address.Address} {address.Port}
                hello     comes back; Ctrl-C in nc ends the session
                reset     makes the server reset it
              without nc: exec 3<>/dev/tcp/{address.Address}/{address.Port}; echo hello >&3; head -1 <&3; exec 3>&-
            The end of each session is a line here, with a code: -- whole, C cut by the client, S by the server.
            Ctrl-C here drains and prints a summary.

            """;
}
