using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Lure.Analyzers;
using Lure.Core.Memory;

namespace Lure.Core.Time;

/// <summary>
/// One timer for each slot, in four wheels of 64 spokes: 1 ms, 64 ms, 4 s and 4.4 min wide. Arming,
/// disarming and expiring are O(1); the next time something is due is found by four bit scans.
/// </summary>
/// <remarks>
/// Times are ticks of 1 ms. A timer never fires early: the caller rounds deadlines up and the present
/// down. One beyond the last wheel (4.7 h) waits in its last spoke and is put in again from there. A
/// heap was rejected: log n and a cache miss a level, for timers of which nearly none ever fires.
/// </remarks>
[HotPath]
public unsafe struct TimerWheel
{
    private const int SpokeBits = 6;
    private const int Spokes = 1 << SpokeBits;
    private const int Wheels = 4;
    private const long Span = 1L << (SpokeBits * Wheels);
    private const int None = 0;

    private readonly Link* _links;
    private readonly int* _heads;
    private readonly ulong* _occupied;
    private long _now;
    private int _armed;

    /// <param name="arena">Where the links live: 24 bytes a slot.</param>
    /// <param name="capacity">Slots.</param>
    /// <param name="now">Tick at which the wheel starts.</param>
    [ColdPath("takes its memory, once", perTurnMax: 0)]
    public TimerWheel(ref Arena arena, int capacity, long now)
    {
        _links = arena.Take<Link>(capacity + 1);
        _heads = arena.Take<int>(Wheels * Spokes);
        _occupied = arena.Take<ulong>(Wheels);
        _now = now;
    }

    /// <summary>Timers that run.</summary>
    public readonly int Armed => _armed;

    public readonly bool IsArmed(int slot) => _links[slot + 1].Place != None;

    /// <summary>The tick at which a slot's timer is due; only while it is armed.</summary>
    public readonly long DueAt(int slot) => _links[slot + 1].Due;

    /// <summary>Starts a slot's timer, or moves it.</summary>
    public void Arm(int slot, long due)
    {
        Disarm(slot);
        Link* link = _links + slot + 1;
        link->Due = due;
        Insert(slot + 1, due);
        _armed++;
    }

    /// <summary>Stops a slot's timer if it runs.</summary>
    public void Disarm(int slot)
    {
        if (_links[slot + 1].Place != None)
        {
            Unlink(slot + 1);
            _armed--;
        }
    }

    /// <summary>Takes one timer that is due, disarmed. Call until it answers -1.</summary>
    /// <param name="now">The present tick, rounded down.</param>
    public int TakeExpired(long now)
    {
        while (_now <= now)
        {
            int spoke = (int)(_now & (Spokes - 1));
            int head = _heads[spoke];
            if (head != None)
            {
                Unlink(head);
                _armed--;
                return head - 1;
            }

            Step(now);
        }

        return -1;
    }

    /// <summary>The tick at which <see cref="TakeExpired"/> has to be called next; never after a timer's due time.</summary>
    public readonly long NextDue()
    {
        long next = long.MaxValue;
        for (int wheel = 0; wheel < Wheels; wheel++)
        {
            if (_occupied[wheel] == 0)
            {
                continue;
            }

            // In the outer wheels the spoke that the present stands in was emptied when it was
            // entered: what is found there is a whole round ahead, so the scan starts behind it.
            int first = wheel == 0 ? 0 : 1;
            long present = SpokesUntil(_now, wheel) + first;
            int at = (int)(present & (Spokes - 1));
            int distance = BitOperations.TrailingZeroCount(BitOperations.RotateRight(_occupied[wheel], at));
            next = Math.Min(next, (present + distance) << (wheel * SpokeBits));
        }

        return next;
    }

    /// <summary>Moves to the next tick at which anything can happen, and brings outer timers inward.</summary>
    private void Step(long now)
    {
        _now = Math.Min(NextDue(), now + 1);
        for (int wheel = 1; wheel < Wheels && IsAtSpoke(wheel); wheel++)
        {
            Cascade(wheel, (int)(SpokesUntil(_now, wheel) & (Spokes - 1)));
        }
    }

    /// <summary>Spokes of a wheel that have begun up to a tick.</summary>
    private static long SpokesUntil(long tick, int wheel) => tick >> (wheel * SpokeBits);

    /// <summary>Whether a spoke of a wheel begins at this tick.</summary>
    private readonly bool IsAtSpoke(int wheel) => (_now & ((1L << (wheel * SpokeBits)) - 1)) == 0;

    private void Cascade(int wheel, int spoke)
    {
        int place = (wheel * Spokes) + spoke;
        int link = _heads[place];
        _heads[place] = None;
        _occupied[wheel] &= ~(1UL << spoke);
        while (link != None)
        {
            int next = _links[link].Next;
            Insert(link, _links[link].Due);
            link = next;
        }
    }

    private void Insert(int link, long due)
    {
        long ahead = Math.Clamp(due - _now, 0, Span - 1);
        int wheel = BitOperations.Log2((ulong)ahead) / SpokeBits;
        int spoke = (int)(SpokesUntil(_now + ahead, wheel) & (Spokes - 1));
        int place = (wheel * Spokes) + spoke;

        Link* entry = _links + link;
        entry->Place = place + 1;
        entry->Previous = None;
        entry->Next = _heads[place];
        if (entry->Next != None)
        {
            _links[entry->Next].Previous = link;
        }

        _heads[place] = link;
        _occupied[wheel] |= 1UL << spoke;
    }

    private readonly void Unlink(int link)
    {
        Link* entry = _links + link;
        int place = entry->Place - 1;
        if (entry->Previous != None)
        {
            _links[entry->Previous].Next = entry->Next;
        }
        else
        {
            _heads[place] = entry->Next;
            if (entry->Next == None)
            {
                _occupied[place / Spokes] &= ~(1UL << (place & (Spokes - 1)));
            }
        }

        if (entry->Next != None)
        {
            _links[entry->Next].Previous = entry->Previous;
        }

        entry->Place = None;
    }

    /// <summary>Links are numbered from 1, so that zeroed memory means "none".</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Link
    {
        public long Due;
        public int Next;
        public int Previous;

        /// <summary>Wheel and spoke, from 1; 0 when not armed.</summary>
        public int Place;
    }
}
