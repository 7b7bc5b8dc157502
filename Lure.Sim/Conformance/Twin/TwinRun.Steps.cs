using System;
using System.Globalization;
using Lure.Core.Kernel;

namespace Lure.Sim.Conformance.Twin;

/// <content>What a step does, and what it answers.</content>
internal sealed partial class TwinRun<TKernel, TApi>
{
    private const int LargestPiece = 16 * 1024;
    private const string NoEnd = "no such end";

    private string Do(TwinStep step)
    {
        TwinEnd end = _ends[step.End];
        switch (step.Verb)
        {
            case TwinVerb.Connect:
                return Connect(step.End);
            case TwinVerb.Down:
                return Text(_api.Shutdown(_listeners[step.Count - 1], ShutdownHow.Read));
            case TwinVerb.Up:
                return Text(_api.Listen(_listeners[step.Count - 1], Backlog));
            case TwinVerb.Leave:
                host.Post(new Command(CommandKind.Drain, long.MaxValue));
                return "posted";
            case TwinVerb.Stop:
                host.Post(new Command(CommandKind.Stop, 0));
                return "posted";
            default:
                return end.Fd < 0 ? NoEnd : DoAt(step, end);
        }
    }

    private string DoAt(TwinStep step, TwinEnd end) =>
        step.Verb switch
        {
            TwinVerb.Send => Approximate(Send(step.End, step.Count)),
            TwinVerb.Read => Approximate(Read(step.End, step.Count)),
            TwinVerb.Drain => Drain(step.End),
            TwinVerb.Bulk => Bulk(step.End, step.Count),
            TwinVerb.Flood => Flood(step.End, step.Count),
            TwinVerb.Finish => Text(_api.Shutdown(end.Fd, ShutdownHow.Write)),
            TwinVerb.Deafen => Text(_api.Shutdown(end.Fd, ShutdownHow.Read)),
            TwinVerb.Close => Text(Close(end)),
            TwinVerb.Reset => Text(Reset(end)),
            TwinVerb.Poll => Poll(end),
            _ => throw new ScriptException($"{step.Verb} is no step"),
        };

    private static string Text(int result) =>
        result < 0 ? ErrnoName.Of(-result) : result.ToString(CultureInfo.InvariantCulture);

    // Whether a buffer that was full has room by now, and for how much, is the kernel's affair.
    private string Approximate(int result) =>
        _flooded && (result > 0 || result == -Errno.Again) ? "some" : Text(result);

    private string Connect(int index)
    {
        TwinEnd end = _ends[index];
        if (end.WasOpen)
        {
            return "taken";
        }

        end.Open(_api.Socket(Family(_script.UnixFront)));
        _connecting = index;
        return Text(_api.Connect(end.Fd, _front));
    }

    private int Send(int index, int count)
    {
        TwinEnd end = _ends[index];
        int sent = _api.Send(end.Fd, _pattern.Bytes((ulong)index, end.Sent, count), TransferFlags.None);
        end.Sent += Math.Max(0, sent);
        if (sent == -Errno.ConnectionReset)
        {
            end.Ending ??= sent;
        }

        return sent;
    }

    private int Read(int index, int count)
    {
        TwinEnd end = _ends[index];
        Span<byte> bytes = _memory.AsSpan(0, Math.Min(count, _memory.Length));
        int read = _api.Receive(end.Fd, bytes, TransferFlags.None);
        if (read > 0)
        {
            int opposite = TwinStep.Opposite(index);
            end.IsWrong |= _pattern.Matching((ulong)opposite, end.Received, bytes[..read]) < read;
            end.Received += read;
        }
        else if (read != -Errno.Again)
        {
            end.Ending ??= read;
        }

        return read;
    }

    private string Drain(int index)
    {
        (long count, int last) = DrainAll(index);
        string amount = _flooded ? "" : string.Create(CultureInfo.InvariantCulture, $"{count} and ");
        return amount + (last == 0 ? "the end" : Text(last));
    }

    // What is read makes room, through which more may come.
    private (long Count, int Last) DrainAll(int index)
    {
        long all = 0;
        int last;
        long before;
        do
        {
            before = all;
            for (last = Read(index, LargestRead); last > 0; last = Read(index, LargestRead))
            {
                all += last;
            }

            Settle();
        } while (all > before);
        return (all, last);
    }

    private string Bulk(int index, int count)
    {
        int opposite = TwinStep.Opposite(index);
        int left = count;
        int sent;
        int read;
        do
        {
            sent = left == 0 ? 0 : Send(index, Math.Min(left, LargestPiece));
            left -= Math.Max(0, sent);
            Settle();
            read = _ends[opposite].Fd < 0 ? 0 : Read(opposite, LargestRead);
            Settle();
        } while (sent > 0 || read > 0);
        return string.Create(CultureInfo.InvariantCulture, $"{Approximate(count - left)}, then {Approximate(read)}");
    }

    private string Flood(int index, int piece)
    {
        _flooded = true;
        bool any;
        int sent;
        do
        {
            any = false;
            for (sent = Send(index, piece); sent > 0; sent = Send(index, piece))
            {
                any = true;
            }

            Settle();
        } while (any);
        return Text(sent);
    }

    private int Close(TwinEnd end)
    {
        int result = _api.Close(end.Fd);
        end.Fd = TwinEnd.NoFd;
        return result;
    }

    private int Reset(TwinEnd end)
    {
        _ = _api.SetOption(end.Fd, StreamOption.Linger, 0);
        return Close(end);
    }

    private string Poll(TwinEnd end)
    {
        int mask = _api.Poll(end.Fd);
        return mask < 0 ? Text(mask) : ScriptText.Mask((uint)mask & ~(_flooded ? (uint)Readiness.Out : 0));
    }
}
