using System.Runtime.InteropServices;
using Lure.Core.Records;

namespace Lure.Core.Connections;

/// <summary>
/// What is read when a session opens, ends or meets a timer: at most two cache lines, apart from the
/// hot one.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
public unsafe struct ConnectionDetails
{
    /// <summary>Servers that can be remembered as tried: the first one and seven retries.</summary>
    public const int TriedMax = 8;

    /// <summary>ns, like all times here.</summary>
    public long StartedAt;
    public long ConnectStartedAt;
    public long ConnectedAt;

    /// <summary>While lingering: when what is unacknowledged is given up.</summary>
    public long LingerUntil;

    public ClientAddress Client;

    /// <summary>Number in the process.</summary>
    public int Listener;
    public int Backend;

    /// <summary>The server whose session count includes this one; -1 for none.</summary>
    public int Server;

    /// <summary>The last server that was tried; -1 for none.</summary>
    public int LastServer;

    /// <summary>errno, positive, of each side.</summary>
    public fixed int Error[2];

    /// <summary>Servers tried, by their place in the backend.</summary>
    public fixed ushort Tried[TriedMax];

    public byte TriedCount;

    /// <summary>How often acknowledgements were asked for.</summary>
    public byte LingerPolls;
}
