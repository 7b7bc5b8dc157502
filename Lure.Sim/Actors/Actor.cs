using System;
using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Sim.Entropy;
using Lure.Sim.Sockets;

namespace Lure.Sim.Actors;

/// <summary>
/// One far end: a client, or a connection that a server accepted. It does the steps of its program, each
/// as far as its kernel lets it, and checks every byte that it reads.
/// </summary>
internal sealed partial class Actor
{
    private const int Millisecond = 1_000_000;
    private const int ChunkMax = 4096;
    private const byte UrgentByte = 0x21;

    private readonly byte[] _buffer = new byte[ChunkMax];
    private StreamSocket? _socket;
    private bool _resets;
    private bool _wasUrgent;
    private long _echoed;
    private PeerEnd _endAtClose;

    /// <summary>Place in the cast.</summary>
    public int Index { get; private set; }

    /// <summary>Of a server's connection the server's number, of a client -1.</summary>
    public int Server { get; private set; }

    /// <summary>Of a server's connection, how many that server had accepted before; of a client, its number.</summary>
    public int Ordinal { get; private set; }

    /// <summary>Of a client: the listener that it goes to.</summary>
    public int Target { get; set; }

    public List<Step> Program { get; } = [];

    /// <summary>The step that it is at; the length of the program when it has done all.</summary>
    public int At { get; private set; }

    /// <summary>How far the step has come: bytes, or ns.</summary>
    public long Progress { get; private set; }

    /// <summary>What its own stream is made of.</summary>
    public ulong Key { get; private set; }

    /// <summary>Whose stream it has to be given; unknown until the relay has chosen.</summary>
    public Actor? Partner { get; set; }

    /// <summary>Bytes that its kernel accepted.</summary>
    public long Sent { get; private set; }

    /// <summary>Bytes that it has read.</summary>
    public long Taken { get; private set; }

    /// <summary>Bytes that reached its kernel.</summary>
    public long Arrived => Taken + (_socket is null ? LeftUnread : _socket.Readable);

    /// <summary>Bytes that its own close destroyed.</summary>
    public long LeftUnread { get; private set; }

    /// <summary>It has sent a FIN, by itself or by closing.</summary>
    public bool Finished { get; private set; }

    /// <summary>It has closed.</summary>
    public bool Gone { get; private set; }

    /// <summary>It closed in a way that its peer sees as a reset, or was about to.</summary>
    public bool LeftByReset { get; private set; }

    /// <summary>It stopped reading for good before the end.</summary>
    public bool Deaf { get; private set; }

    /// <summary>An error of its own kernel ended it: the relay's reset, as it saw it.</summary>
    public int Error { get; private set; }

    /// <summary>It does nothing, whatever its program says.</summary>
    public bool Frozen { get; set; }

    /// <summary>It only finishes what must end: a FIN, reading to the end, a close.</summary>
    public bool WindsDown { get; set; }

    /// <summary>ns: until when it pauses.</summary>
    public long SleepsUntil { get; private set; }

    /// <summary>What it read that was not its partner's stream: the position of the first wrong byte; -1 for none.</summary>
    public long WrongAt { get; private set; }

    /// <summary>The first read that did not come to what was expected: its step, the bytes, the end; null for none.</summary>
    public (int Step, long Bytes, PeerEnd End)? Unmet { get; private set; }

    public bool IsClient => Server < 0;

    /// <summary>A client that has not tried to connect yet.</summary>
    public bool IsUnborn => _socket is null && !Gone;

    public bool IsDone => Gone;

    public StreamSocket? Socket => _socket;

    /// <summary>How the relay ended its direction, as this end saw it.</summary>
    public PeerEnd SawEnd => _socket?.Ended ?? _endAtClose;

    public void Begin(int index, int server, int ordinal, ulong key)
    {
        (Index, Server, Ordinal, Key) = (index, server, ordinal, key);
        (At, Progress, Sent, Taken, LeftUnread) = (0, 0, 0, 0, 0);
        (Finished, Gone, LeftByReset, Deaf, Frozen, WindsDown) = (false, false, false, false, false, false);
        (SleepsUntil, WrongAt, Error, Target) = (0, -1, 0, 0);
        _wasUrgent = false;
        (_socket, _resets, _echoed, _endAtClose, Partner) = (null, false, 0, PeerEnd.None, null);
        Unmet = null;
        Program.Clear();
    }

    /// <summary>Its end of the connection.</summary>
    public void Attach(StreamSocket socket) => _socket = socket;

    /// <summary>Does the present step as far as it goes, or a part of it.</summary>
    /// <param name="pattern">What streams are made of.</param>
    /// <param name="now">ns.</param>
    /// <param name="amount">Bytes at most.</param>
    /// <returns>False when it could do nothing.</returns>
    public bool Act(StreamPattern pattern, long now, int amount)
    {
        if (Frozen || Gone || _socket is not { } socket || now < SleepsUntil)
        {
            return false;
        }

        if (socket.IsConnecting)
        {
            return false;
        }

        if (socket.NeverConnected)
        {
            // Refused, or given up by the network: there is nothing to talk to.
            Leave(socket);
            return true;
        }

        if (WindsDown || At >= Program.Count)
        {
            return WindDown(pattern, socket, amount);
        }

        Step step = Program[At];
        bool moved = Do(step, pattern, socket, now, amount, out bool done);
        if (done)
        {
            Compare(step.Expected);
            At++;
            Progress = 0;
            moved = true;
        }

        return moved;
    }

    private void Compare(ReadExpectation expected)
    {
        bool met =
            (expected.Bytes is not { } bytes || bytes == Progress) && (expected.End is not { } end || end == SawEnd);
        if (!met)
        {
            Unmet ??= (At, Progress, SawEnd);
        }
    }

    private bool WindDown(StreamPattern pattern, StreamSocket socket, int amount)
    {
        if (!Finished)
        {
            Finish(socket);
            return true;
        }

        int read = Read(pattern, socket, amount);
        if (read > 0)
        {
            return true;
        }

        if (read == -Errno.Again)
        {
            return false;
        }

        Leave(socket);
        return true;
    }

    private void Finish(StreamSocket socket)
    {
        Finished = true;
        socket.Shutdown(read: false, write: true);
    }

    private void Leave(StreamSocket socket)
    {
        // Nobody could let go of it later.
        LetThrough(socket);
        LeftUnread = socket.Readable;
        LeftByReset = (_resets && socket is TcpSocket) || socket.Readable > 0;
        Finished |= !LeftByReset;
        Gone = true;
        _endAtClose = socket.Ended;
        _socket = null;
        socket.ResetOnClose |= _resets;
        socket.Close();
    }

    /// <summary>It resets, whatever its program says.</summary>
    public void LeaveByReset()
    {
        _resets = true;
        Leave(_socket!);
    }

    /// <summary>Nothing holds it up from now on.</summary>
    public void Heal()
    {
        Frozen = false;
        SleepsUntil = 0;
        if (_socket is TcpSocket socket)
        {
            LetThrough(socket);
            socket.LinkCredit = long.MaxValue;
            socket.ReceiveCapacity = Math.Max(socket.ReceiveCapacity, ChunkMax);
        }
    }

    /// <summary>It reads nothing any more, and its kernel takes nothing for it.</summary>
    public void Freeze()
    {
        Frozen = true;
        if (_socket is TcpSocket socket)
        {
            socket.ReceiveCapacity = 0;
        }
    }

    private static void LetThrough(StreamSocket socket)
    {
        if (socket is TcpSocket tcp)
        {
            tcp.LinkHeld = false;
        }
    }
}
