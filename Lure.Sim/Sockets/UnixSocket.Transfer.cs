using System;
using System.Numerics;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

internal sealed partial class UnixSocket
{
    // Of an skb: sk_buff itself, then a slab of data that ends in skb_shared_info, from 512 bytes up
    // (SKB_TRUESIZE, SKB_SMALL_HEAD_CACHE_SIZE); what is longer than SKB_MAX_HEAD(0) lies in pages.
    private const int HeaderMemory = 256;
    private const int SharedInfo = 320;
    private const int SmallestSlab = 512;
    private const int Page = 4096;
    private const int LongestHead = Page - SharedInfo;

    /// <summary>SKB_MAX_HEAD(0) + UNIX_SKB_FRAGS_SZ: a send is cut into pieces of that size.</summary>
    private const int LongestSegment = LongestHead + 32768;

    /// <summary>A connect was answered here, or this is an accepted one.</summary>
    private bool _isConnected;

    /// <inheritdoc/>
    /// <remarks>unix_stream_read_generic. Nothing is ever on its way, so there is no limit to what has arrived.</remarks>
    public override int Receive(Span<byte> first, Span<byte> second, int limit = int.MaxValue)
    {
        int wanted = first.Length + second.Length;
        int count = Reach(wanted);
        if (_state != UnixState.Established)
        {
            return -Errno.Invalid;
        }

        if (count == 0)
        {
            return WhyNothing(wanted);
        }

        int fromFirst = Math.Min(first.Length, count);
        _received.Take(first[..fromFirst]);
        _received.Take(second[..(count - fromFirst)]);
        Consumed(count);
        LookBehind(count, wanted);
        return count;
    }

    // One look behind the last byte, as long as less than the low-water mark was found: an error that it
    // meets is taken and told to nobody.
    private void LookBehind(int count, int wanted)
    {
        if (_received.Count == 0 && count < wanted && count < _lowWater)
        {
            TakeError();
        }
    }

    /// <inheritdoc/>
    public override int Peek(Span<byte> target)
    {
        if (_state != UnixState.Established)
        {
            return -Errno.Invalid;
        }

        int count = Reach(target.Length);
        if (count == 0)
        {
            return WhyNothing(target.Length);
        }

        _received.Copy(target[..count]);
        return count;
    }

    /// <inheritdoc/>
    /// <remarks>unix_stream_sendmsg. What it takes follows from the memory that is free alone, so there is no other limit.</remarks>
    public override int Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int limit = int.MaxValue) =>
        Send(first, second, hasRights: false);

    /// <summary>sendmsg(2) with a descriptor beside the bytes (SCM_RIGHTS): it goes with the first piece of them.</summary>
    public int SendWithRights(ReadOnlySpan<byte> bytes) => Send(bytes, [], hasRights: true);

    private int Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, bool hasRights)
    {
        int refusal = WhyNothingToWrite();
        if (refusal < 0)
        {
            return refusal;
        }

        int length = first.Length + second.Length;
        int sent = 0;
        while (sent < length)
        {
            if (_charged >= SendCapacity)
            {
                return sent > 0 ? sent : -Errno.Again;
            }

            if (RefusesAtPeer())
            {
                return sent > 0 ? sent : -Errno.BrokenPipe;
            }

            int size = Math.Min(length - sent, LongestSegmentNow);
            int fromFirst = Math.Clamp(first.Length - sent, 0, size);
            _peer!._received.Append(first.Slice(Math.Min(sent, first.Length), fromFirst));
            _peer._received.Append(second.Slice(Math.Max(0, sent + fromFirst - first.Length), size - fromFirst));
            Deliver(size, MemoryOf(size), hasRights && sent == 0);
            sent += size;
        }

        return sent;
    }

    /// <inheritdoc/>
    public override int SpliceTo(Pipe pipe, int length, int limit = int.MaxValue)
    {
        if (pipe.FreeFor(length) == 0)
        {
            return -Errno.Again;
        }

        if (_state != UnixState.Established)
        {
            return -Errno.Invalid;
        }

        int wanted = pipe.FreeFor(length);
        int count = Math.Min(Reach(limit), wanted);
        if (count == 0)
        {
            return WhyNothingToRead();
        }

        pipe.Fill(_received, count);
        Consumed(count);
        LookBehind(count, wanted);
        pipe.TellReader();
        return count;
    }

    /// <inheritdoc/>
    public override int SpliceFrom(Pipe pipe, int length, int limit = int.MaxValue)
    {
        if (pipe.Count == 0)
        {
            return pipe.WriterClosed ? 0 : -Errno.Again;
        }

        int refusal = WhyNothingToWrite();
        if (refusal < 0)
        {
            return refusal;
        }

        if (_charged >= SendCapacity || limit == 0)
        {
            return -Errno.Again;
        }

        if (RefusesAtPeer())
        {
            return -Errno.BrokenPipe;
        }

        // The pages change hands: only the head is new memory.
        int count = Math.Min(Math.Min(length, limit), pipe.Count);
        pipe.Drain(_peer!._received, count);
        Deliver(count, MemoryOf(0) + count, hasRights: false);
        pipe.TellWriter();
        return count;
    }

    // A peer that was shut before it connected never told of it. That is found out when the memory of a piece was taken
    // already, and giving it back tells of space (sock_wfree).
    private bool RefusesAtPeer()
    {
        bool refuses = _peer is not { _receiveShut: false };
        if (refuses)
        {
            TellSpace();
        }

        return refuses;
    }

    private int LongestSegmentNow => Math.Max(1, Math.Min((SendCapacity / 2) - 64, LongestSegment));

    private static int MemoryOf(int bytes)
    {
        int pages = bytes <= LongestHead ? 0 : (bytes - LongestHead + Page - 1) / Page * Page;
        int head = Math.Max(0, bytes - pages);
        int slab = (int)BitOperations.RoundUpToPowerOf2((uint)(((head + 63) / 64 * 64) + SharedInfo));
        return HeaderMemory + Math.Max(SmallestSlab, slab) + pages;
    }

    /// <summary>
    /// Bytes that one read brings: it ends behind the piece whose descriptors it was given, and they are given to the
    /// first who reads of that piece.
    /// </summary>
    private int Reach(int wanted)
    {
        int reach = -_consumedOfFirst;
        foreach (Segment segment in _segments)
        {
            bool stops = segment.HasRights && reach >= 0;
            reach += segment.Bytes;
            if (stops || reach >= wanted)
            {
                break;
            }
        }

        return Math.Clamp(reach, 0, wanted);
    }

    private void Deliver(int bytes, int memory, bool hasRights)
    {
        _charged += memory;
        _peer!._segments.Enqueue(new Segment(bytes, memory, hasRights));
        _peer.Wake(Readiness.In | Readiness.Urgent);
    }

    private void Consumed(int bytes)
    {
        _consumedOfFirst += bytes;
        while (_segments.TryPeek(out Segment segment) && _consumedOfFirst >= segment.Bytes)
        {
            _segments.Dequeue();
            _consumedOfFirst -= segment.Bytes;
            _peer?.GiveBack(segment.Memory);
        }
    }

    private void GiveBack(int memory)
    {
        // The last byte is given back after the waiters were told (sock_wfree).
        _charged -= memory - 1;
        TellSpace();
        _charged--;
    }

    // Whoever asks for nothing gets it, if there is more.
    private int WhyNothing(int wanted) => wanted == 0 && _received.Count > 0 ? 0 : WhyNothingToRead();

    private int WhyNothingToRead()
    {
        if (PendingError != 0)
        {
            return -TakeError();
        }

        return _receiveShut ? 0 : -Errno.Again;
    }

    // The error that sock_alloc_send_pskb asks for is not asked for: it comes with a close of the peer alone, and that
    // has shut this end.
    private int WhyNothingToWrite()
    {
        if (!_isConnected)
        {
            return -Errno.NotConnected;
        }

        return _sendShut ? -Errno.BrokenPipe : 0;
    }
}
