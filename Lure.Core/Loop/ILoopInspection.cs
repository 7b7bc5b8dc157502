using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <summary>
/// What may be looked at in a loop between two of its calls: by a simulator that checks it, or by a
/// debugger. Nothing here changes the loop, and the loop itself calls none of it.
/// </summary>
public unsafe interface ILoopInspection
{
    /// <summary>Slots below this index have been used at least once.</summary>
    int SlotsUsed { get; }

    /// <summary>Listening sockets that the loop was given.</summary>
    int ListenersUsed { get; }

    /// <summary>Blocks below this number have been used at least once; the first has number 1.</summary>
    int BlocksUsed { get; }

    /// <summary>Pipes up to this number have been open at least once; the first has number 1.</summary>
    int PipesUsed { get; }

    /// <summary>Pipes that are open.</summary>
    int PipesOpen { get; }

    /// <summary>Pipes that somebody owns.</summary>
    int PipesInUse { get; }

    /// <summary>ns: when the loop runs again if nothing is reported; 0 when it would not sleep at all.</summary>
    long WakesAt { get; }

    /// <summary>What the loop has counted.</summary>
    ref readonly LoopCounters Counters { get; }

    /// <summary>Live sessions.</summary>
    int Sessions { get; }

    /// <summary>Timers that run.</summary>
    int TimersArmed { get; }

    /// <summary>Blocks that somebody owns.</summary>
    int BlocksInUse { get; }

    /// <summary>The next turn does something even if the kernel reports nothing and no timer is due.</summary>
    bool HasWork { get; }

    /// <returns>False for a slot that is free.</returns>
    bool TryInspect(int slot, out SessionView session);

    ListenerView Listener(int index);

    /// <summary>Who owns a block: see <see cref="SessionView.OwnerOf"/>; 0 for nobody.</summary>
    int BlockOwner(int block);

    /// <summary>Who owns a pipe: see <see cref="SessionView.OwnerOf"/>; 0 for nobody.</summary>
    int PipeOwner(int pipe);

    /// <summary>The descriptors of a pipe; 0 for one that is not open.</summary>
    (int ReadEnd, int WriteEnd) PipeEnds(int pipe);

    /// <summary>The bytes of a block, its room included.</summary>
    byte* BlockBytes(int block, out int length);

    /// <summary>The block that an address lies in; 0 for none.</summary>
    int BlockAt(byte* address);
}

/// <summary>A live session as its loop sees it.</summary>
/// <param name="Slot">Its place.</param>
/// <param name="Generation">Sessions that the place had before.</param>
/// <param name="Id">As in its end record.</param>
/// <param name="Flags">The state.</param>
/// <param name="ClientFd">Valid while the client is open.</param>
/// <param name="ServerFd">Valid while the server is open.</param>
/// <param name="ReceivedUp">Bytes read from the client.</param>
/// <param name="ReceivedDown">Bytes read from the server.</param>
/// <param name="WaitingUp">Bytes read from the client that the server has not taken.</param>
/// <param name="WaitingDown">Bytes read from the server that the client has not taken.</param>
/// <param name="StartUp">Where in their block those from the client begin: what room is left behind them follows.</param>
/// <param name="StartDown">Where in their block those from the server begin.</param>
/// <param name="PipeUp">The pipe that holds those from the client; 0 when a block does, or nothing.</param>
/// <param name="PipeDown">The same of the server.</param>
/// <param name="TimerDue">ns; <see cref="long.MaxValue"/> when no timer runs.</param>
public readonly record struct SessionView(
    int Slot,
    uint Generation,
    ulong Id,
    ConnectionFlags Flags,
    int ClientFd,
    int ServerFd,
    long ReceivedUp,
    long ReceivedDown,
    int WaitingUp,
    int WaitingDown,
    int StartUp,
    int StartDown,
    int PipeUp,
    int PipeDown,
    long TimerDue
)
{
    /// <summary>The owner that a block or a pipe of this direction names.</summary>
    public static int OwnerOf(int slot, Side source) => (2 * slot) + (int)source + 1;

    public int Fd(Side side) => side == Side.Client ? ClientFd : ServerFd;

    /// <summary>Bytes from a side that wait in the loop.</summary>
    public int Waiting(Side source) => source == Side.Client ? WaitingUp : WaitingDown;

    /// <summary>The pipe in which bytes from a side wait; 0 for none.</summary>
    public int Pipe(Side source) => source == Side.Client ? PipeUp : PipeDown;

    /// <summary>Bytes read from a side.</summary>
    public long Received(Side source) => source == Side.Client ? ReceivedUp : ReceivedDown;
}

/// <summary>A listening socket as its loop sees it.</summary>
/// <param name="Fd">Its descriptor.</param>
/// <param name="Number">The listener's number in the process.</param>
/// <param name="Shared">Watched by other workers as well.</param>
/// <param name="Watched">Registered with epoll.</param>
/// <param name="Closed">Closed for good.</param>
/// <param name="ResumeAt">While masked: ns at which it is tried again.</param>
public readonly record struct ListenerView(int Fd, int Number, bool Shared, bool Watched, bool Closed, long ResumeAt);
