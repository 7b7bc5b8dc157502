using System.Globalization;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Sim.Actors;

namespace Lure.Sim.Checking;

/// <content>What descriptors and sessions are called in traces, and what became of a client's session.</content>
internal sealed partial class Ledger
{
    /// <summary>The client's name for its own connection, behind ">" for the one to the server.</summary>
    public string NameOf(int fd)
    {
        if (Find(fd, out Side side) is { } session)
        {
            return NameOf(session, side);
        }

        int listener = OwnerOf(fd).Listener;
        return listener > 0
            ? string.Create(CultureInfo.InvariantCulture, $"f{listener}")
            : string.Create(CultureInfo.InvariantCulture, $"fd{fd}");
    }

    /// <summary>
    /// Whose descriptor it is, as a number that does not depend on the descriptor's: of a client's session
    /// twice the client's number, and 1 or 2; of a listener minus its number; else 0.
    /// </summary>
    public int OwnerKey(int fd)
    {
        if (Find(fd, out Side side) is { Client: { } client })
        {
            return (2 * client.Ordinal) + (int)side + 1;
        }

        return fd < 0 ? 0 : -OwnerOf(fd).Listener;
    }

    /// <summary>Whose report it is, "old" for a session that is over.</summary>
    public string NameOfToken(int worker, ulong token)
    {
        if (token == Token.Wake)
        {
            return "mailbox";
        }

        for (int fd = 0; fd < _byFd.Length; fd++)
        {
            if (
                (_byFd[fd].Session is not null || _byFd[fd].Listener > 0)
                && _byFd[fd].Worker == worker
                && _simulation.Workers.Kernel(worker).Internals.ItemOf(fd)?.Token == token
            )
            {
                return NameOf(fd);
            }
        }

        return "old";
    }

    /// <summary>The end record of a client's session; null when it has none.</summary>
    public LoopRecord? RecordOf(Actor client)
    {
        foreach (SessionShadow session in _sessions)
        {
            if (session.Client == client && session.Recorded)
            {
                return session.Record;
            }
        }

        return null;
    }

    private static string NameOf(SessionShadow session, Side side)
    {
        string client = session.Client is { } actor ? Naming.Of(actor) : "?";
        return side == Side.Client ? client : ">" + client;
    }
}
