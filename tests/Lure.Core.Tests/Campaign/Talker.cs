using System;
using System.Collections.Generic;
using System.Linq;
using Lure.Core.Backends;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Campaign;

/// <summary>
/// One peer and what it has said and heard. Each byte of its stream follows from its key and the
/// byte's position, so the first wrong one at the other end tells a loss, a repetition or a mix-up.
/// </summary>
internal sealed class Talker(FakePeer peer, byte ordinal, ulong key)
{
    private readonly byte[] _buffer = new byte[64];

    /// <summary>Bytes that its kernel accepted.</summary>
    public int Sent { get; private set; }

    /// <summary>Bytes of the other's stream that reached its kernel, as far as is known.</summary>
    public int Arrived { get; private set; }

    /// <summary>It sent a FIN, by itself or by closing.</summary>
    public bool Finished { get; private set; }

    /// <summary>It closed, so that whatever comes now is answered by a reset; or it was reset.</summary>
    public bool Gone { get; private set; }

    public PeerEnd SawEnd => peer.SawEnd;

    /// <summary>Whose bytes came, once some did.</summary>
    public Talker? Heard { get; private set; }

    // The first byte tells who speaks.
    private byte ByteAt(int position) => position == 0 ? ordinal : (byte)Random64.Mix(key + (ulong)position);

    public void Send(int count)
    {
        if (Finished || Gone || !peer.IsConnected)
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            _buffer[i] = ByteAt(Sent + i);
        }

        int sent = peer.TrySend(_buffer.AsSpan(0, count));
        Sent += Math.Max(0, sent);
    }

    /// <summary>Reads, and compares with what one of the others has sent.</summary>
    public void Read(int count, IReadOnlyList<Talker> others)
    {
        if (Gone || !peer.IsConnected)
        {
            return;
        }

        byte[] bytes = peer.Read(count);
        if (bytes.Length == 0)
        {
            return;
        }

        Heard ??= others.FirstOrDefault(other => other.Sent > 0 && other.ByteAt(0) == bytes[0]);
        Assert.That(Heard, Is.Not.Null, "bytes came from nowhere");
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != Heard!.ByteAt(Arrived + i))
            {
                Assert.Fail($"byte {Arrived + i} is a wrong one");
            }
        }

        Arrived += bytes.Length;
        Assert.That(Arrived, Is.LessThanOrEqualTo(Heard!.Sent), "more came than was sent");
    }

    public void Finish()
    {
        if (!Gone && !Finished && peer.IsConnected)
        {
            Finished = true;
            peer.Finish();
        }
    }

    public void Leave(bool reset)
    {
        if (Gone || !peer.IsConnected)
        {
            return;
        }

        // Nobody could let go of it later.
        Hold(incoming: false, hold: false);
        Hold(incoming: true, hold: false);
        Arrived += peer.Readable;
        Finished |= !reset && peer.Readable == 0;
        Gone = true;
        if (reset)
        {
            peer.Reset();
        }
        else
        {
            peer.Close();
        }
    }

    public void Resize(int window)
    {
        if (!Gone)
        {
            peer.Window = window;
        }
    }

    public void Hold(bool incoming, bool hold)
    {
        if (Gone || !peer.IsConnected)
        {
            return;
        }

        if (!incoming)
        {
            peer.HoldOutgoing(hold);
            return;
        }

        try
        {
            peer.HoldIncoming(hold);
        }
        catch (InvalidOperationException)
        {
            // Both ends are gone: there is nothing to hold back any more.
        }
    }

    /// <summary>Nothing holds it up from now on.</summary>
    public void Heal()
    {
        Hold(incoming: true, hold: false);
        Hold(incoming: false, hold: false);
        Resize(1024);
    }
}
