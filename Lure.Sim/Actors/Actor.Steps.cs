using System;
using Lure.Core.Kernel;
using Lure.Sim.Entropy;
using Lure.Sim.Sockets;

namespace Lure.Sim.Actors;

/// <content>The steps of a program, each as far as the kernel lets it.</content>
internal sealed partial class Actor
{
    private bool Do(Step step, StreamPattern pattern, StreamSocket socket, long now, int amount, out bool done)
    {
        done = true;
        switch (step.Verb)
        {
            case Verb.Send:
                return Send(pattern, socket, step.Count, amount, withRights: false, out done);
            case Verb.SendRights:
                return Send(pattern, socket, step.Count, amount, withRights: true, out done);
            case Verb.Receive:
                return Receive(pattern, socket, step.Count, amount, out done);
            case Verb.Echo:
                return Echo(pattern, socket, amount, out done);
            case Verb.Finish:
                Finish(socket);
                break;
            case Verb.StopReading:
                Deaf = true;
                socket.Shutdown(read: true, write: false);
                break;
            case Verb.LingerOff:
                _resets = true;
                break;
            case Verb.Close:
                Leave(socket);
                break;
            case Verb.Pause:
                SleepsUntil = now + ((long)step.Count * Millisecond);
                break;
            case Verb.WaitInput:
                done = (socket.Poll() & Readiness.In) != 0;
                return false;
            case Verb.WaitOutput:
                done = socket.Unacknowledged <= 0;
                return false;
            case Verb.Urgent:
                SendUrgent(socket);
                break;
            case Verb.Window or Verb.Hold or Verb.Release when socket is TcpSocket tcp:
                SetLink(step, tcp);
                break;
            default:
                break;
        }

        return true;
    }

    private static void SetLink(Step step, TcpSocket socket)
    {
        if (step.Verb == Verb.Window)
        {
            socket.ReceiveCapacity = step.Count;
        }
        else
        {
            socket.LinkHeld = step.Verb == Verb.Hold;
        }
    }

    private bool Send(StreamPattern pattern, StreamSocket socket, int count, int amount, bool withRights, out bool done)
    {
        done = Progress >= count || Finished;
        if (done)
        {
            return false;
        }

        int wanted = (int)Math.Min(count - Progress, amount);
        ReadOnlySpan<byte> bytes = pattern.Bytes(Key, Sent, wanted);
        int sent = withRights && socket is UnixSocket unix ? unix.SendWithRights(bytes) : socket.Send(bytes, []);
        if (sent < 0)
        {
            // Whom it talks to is gone; what comes next in the program finds out how.
            done = sent != -Errno.Again;
            Error = done && Error == 0 ? -sent : Error;
            return done;
        }

        Sent += sent;
        Progress += sent;
        done = Progress >= count;
        return sent > 0;
    }

    private bool Receive(StreamPattern pattern, StreamSocket socket, int count, int amount, out bool done)
    {
        int wanted = count == 0 ? amount : (int)Math.Min(count - Progress, amount);
        int read = Read(pattern, socket, wanted);
        if (read > 0)
        {
            Progress += read;
            done = count != 0 && Progress >= count;
            return true;
        }

        done = read != -Errno.Again;
        return done;
    }

    private bool Echo(StreamPattern pattern, StreamSocket socket, int amount, out bool done)
    {
        done = false;
        bool moved = false;
        if (_echoed < Taken && !Finished)
        {
            int sent = socket.Send(pattern.Bytes(Key, Sent, (int)Math.Min(Taken - _echoed, amount)), []);
            if (sent < 0 && sent != -Errno.Again)
            {
                Error = Error == 0 ? -sent : Error;
                done = true;
                return true;
            }

            moved = sent > 0;
            Sent += Math.Max(0, sent);
            _echoed += Math.Max(0, sent);
        }

        if (_echoed < Taken)
        {
            return moved;
        }

        int read = Read(pattern, socket, amount);
        done = read is 0 or < 0 && read != -Errno.Again;
        return moved || read > 0 || done;
    }

    private void SendUrgent(StreamSocket socket)
    {
        if (!_wasUrgent && !Finished && socket is TcpSocket tcp)
        {
            _wasUrgent = tcp.SendUrgent([UrgentByte]) > 0;
        }
    }

    /// <summary>As recv(2); what comes is compared with what the partner's stream has there.</summary>
    private int Read(StreamPattern pattern, StreamSocket socket, int wanted)
    {
        int read = socket.Receive(_buffer.AsSpan(0, Math.Min(wanted, ChunkMax)), []);
        if (read > 0)
        {
            ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, read);
            int matching = Partner is { } partner ? pattern.Matching(partner.Key, Taken, bytes) : 0;
            if (matching < read && WrongAt < 0)
            {
                WrongAt = Taken + matching;
            }

            Taken += read;
        }
        else if (read is < 0 and not -Errno.Again)
        {
            Error = Error == 0 ? -read : Error;
        }

        return read;
    }
}
