using System;
using System.Threading;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using Tmds.Linux;

namespace Lure.Linux.Logging;

/// <summary>
/// The descriptor that lines are written to. It may be a pipe, a terminal, a file or a socket,
/// blocking or not: it is used as it was inherited, because its flags belong to the open file and
/// so also to whoever else has it.
/// </summary>
/// <param name="fd">Not closed here: it is the process's.</param>
/// <param name="wake">An eventfd; written when a stop is asked for.</param>
internal sealed unsafe class LogOutput(int fd, EventFd wake)
{
    /// <summary>True while the last thing written was part of a line.</summary>
    private bool _insideLine;

    private int _closedBy;
    private int _failure;

    /// <summary>errno that ended the output for good; 0 while it is usable. For any thread.</summary>
    public int ClosedBy => Volatile.Read(ref _closedBy);

    /// <summary>Writes all of it, and waits for as long as the reader lets it.</summary>
    /// <param name="lines">Whole lines.</param>
    /// <param name="patience">
    /// Asked before each wait for room: ms that it may last, -1 without an end, 0 to give up.
    /// </param>
    /// <returns>Lines that were lost to an error, or given up.</returns>
    public int Write(ReadOnlySpan<byte> lines, Func<int> patience)
    {
        if (ClosedBy == 0 && _insideLine && !lines.IsEmpty)
        {
            // An error cut a line short (a full disk): the next one must not go on behind its stump.
            if (Push("\n"u8, patience) != 0)
            {
                return lines.Count((byte)'\n');
            }
        }

        int left = ClosedBy == 0 ? Push(lines, patience) : lines.Length;
        if (left < lines.Length)
        {
            _insideLine = lines[^(left + 1)] != (byte)'\n';
        }

        return left == 0 ? 0 : lines[^left..].Count((byte)'\n');
    }

    /// <returns>errno of a write that failed since the last time and may work again; 0 when none did.</returns>
    public int TakeFailure()
    {
        int failure = _failure;
        _failure = 0;
        return failure;
    }

    /// <returns>Bytes that were not written.</returns>
    private int Push(ReadOnlySpan<byte> bytes, Func<int> patience)
    {
        fixed (byte* start = bytes)
        {
            int done = 0;
            while (done < bytes.Length)
            {
                long written = (long)LibC.write(fd, start + done, (size_t)(ulong)(bytes.Length - done));
                int error = written < 0 ? LibC.errno : 0;
                if (written > 0)
                {
                    done += (int)written;
                }
                else if (error == Errno.Again)
                {
                    int milliseconds = patience();
                    if (milliseconds == 0)
                    {
                        break;
                    }

                    AwaitRoom(milliseconds);
                }
                else if (error != Errno.Interrupted)
                {
                    Judge(error);
                    break;
                }
            }

            return bytes.Length - done;
        }
    }

    // A disk that is full may have room again; a pipe without a reader never gets one. Unknown
    // errors count as passing: the price of a try per buffer is one system call.
    private void Judge(int error)
    {
        if (error is Errno.BrokenPipe or Errno.BadDescriptor or Errno.ConnectionReset or Errno.NotConnected)
        {
            Volatile.Write(ref _closedBy, error);
        }
        else
        {
            _failure = error;
        }
    }

    private void AwaitRoom(int milliseconds)
    {
        pollfd* waited = stackalloc pollfd[2];
        waited[0] = new pollfd { fd = fd, events = LibC.POLLOUT };
        waited[1] = new pollfd { fd = wake.Descriptor, events = LibC.POLLIN };
        if (LibC.poll(waited, 2, milliseconds) > 0 && waited[1].revents != 0)
        {
            wake.Clear();
        }
    }
}
