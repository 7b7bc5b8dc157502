using System;
using Lure.EndToEnd.Tests.Peers;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>
/// One session of a random kind, wholly determined by its number, so that both ends know what is
/// due and a failure comes again. The first bytes tell the server the number.
/// </summary>
internal sealed class FaultyExchange
{
    /// <summary>The number that tells a server to stop.</summary>
    public const int Last = -1;

    private enum Fault
    {
        None,
        ServerFirst,
        ClientResets,
        ServerResets,
        ClientLeavesUnread,
        ServerResetsAtOnce,
        ClientLeavesAtOnce,
        ClientResetsAtOnce,
    }

    private readonly int _id;
    private readonly Fault _fault;
    private readonly int _up;
    private readonly int _down;

    public FaultyExchange(int id)
    {
        _id = id;
        var dice = Pattern.Mix(0xF00D + (ulong)id);
        // Every second one is clean.
        _fault = (dice & 1) == 0 ? (Fault)(dice >> 1 & 1) : (Fault)(2 + (dice >> 8) % 6);
        _up = Size(dice >> 16);
        _down = Size(dice >> 40);
    }

    public bool IsClean => _fault is Fault.None or Fault.ServerFirst;

    private Pattern Up => new(_id, Direction.Up);

    private Pattern Down => new(_id, Direction.Down);

    /// <summary>Whether the client waits until the server knows of it: a fault before that may leave the server out.</summary>
    private bool IsGreeted => _fault is not (Fault.ClientLeavesAtOnce or Fault.ClientResetsAtOnce);

    /// <summary>The client's part.</summary>
    public void Ask(Peer client)
    {
        using (client)
        {
            client.Send(BitConverter.GetBytes(_id));
            if (IsGreeted)
            {
                Assert.That(client.ReadInt32(), Is.EqualTo(_id), $"{this}");
            }

            switch (_fault)
            {
                case Fault.ClientLeavesAtOnce:
                    break;
                case Fault.ClientResetsAtOnce:
                    client.Reset();
                    break;
                case Fault.ClientResets:
                    client.Send(Up, _up / 2);
                    client.Reset();
                    break;
                case Fault.ServerResets:
                    client.Send(Up, _up);
                    AssertCut(client.ReadToEnd(Down), _down);
                    break;
                case Fault.ServerResetsAtOnce:
                    AssertCut(client.ReadToEnd(Down), 0);
                    break;
                case Fault.ClientLeavesUnread:
                    client.Expect(Down, 1);
                    break;
                default:
                    client.SendAll(Up, _up);
                    Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(_down, StreamEnd.Fin)), $"{this}");
                    break;
            }
        }
    }

    /// <summary>The server's part of whichever session this is.</summary>
    /// <returns>Whether there are more to come.</returns>
    public static bool Answer(Peer server)
    {
        using (server)
        {
            var id = server.ReadInt32();
            if (id >= 0)
            {
                new FaultyExchange(id.Value).AnswerThis(server);
            }

            return id != Last;
        }
    }

    public override string ToString() => $"session {_id}, {_fault}, {_up} up, {_down} down";

    private void AnswerThis(Peer server)
    {
        if (IsGreeted)
        {
            server.Send(BitConverter.GetBytes(_id));
        }

        switch (_fault)
        {
            case Fault.None:
                Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(_up, StreamEnd.Fin)), $"{this}");
                server.Send(Down, _down);
                break;
            case Fault.ServerFirst:
                server.SendAll(Down, _down);
                Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(_up, StreamEnd.Fin)), $"{this}");
                break;
            case Fault.ClientLeavesAtOnce:
                Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Fin), $"{this}");
                break;
            case Fault.ClientResetsAtOnce:
                AssertCut(server.ReadToEnd(Up), 0);
                break;
            case Fault.ClientResets:
                AssertCut(server.ReadToEnd(Up), _up / 2);
                break;
            case Fault.ServerResets:
                server.Expect(Up, _up);
                server.Send(Down, _down);
                server.Reset();
                break;
            case Fault.ServerResetsAtOnce:
                server.Reset();
                break;
            default:
                // The client leaves with most of it unread: its end may come as a reset, in the middle of a send.
                server.TrySend(Down, _down + 1);
                break;
        }
    }

    /// <summary>How much of a cut stream arrives is open, but what arrives is right and its end is no clean one.</summary>
    private void AssertCut(Received received, int sent)
    {
        Assert.That(received.End, Is.EqualTo(StreamEnd.Reset), $"{this}");
        Assert.That(received.Bytes, Is.LessThanOrEqualTo(sent), $"{this}");
    }

    /// <summary>Small ones mostly, and some that take many buffers.</summary>
    private static int Size(ulong dice) => (int)((dice >> 4) % ((dice & 15) == 0 ? 300_000u : 3_000u));
}
