using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Lure.Core.Loop;
using Lure.Sim.Running;

namespace Lure.Sim.Scripts;

/// <summary>What the number of a setting counts.</summary>
internal enum Unit
{
    Count,
    Time,

    /// <summary>64 bits, written in hexadecimal.</summary>
    Bits,

    /// <summary>Its name alone says yes.</summary>
    Flag,
}

/// <summary>One bound of a script, by its name in the cfg line.</summary>
internal sealed class Setting
{
    private const long TimeMax = LoopOptions.TimeMax;

    private Setting(string name, Unit unit, long min, long max, Func<Plan, long> get, Func<Plan, long, Plan> with) =>
        (Name, Unit, Min, Max, Get, With) = (name, unit, min, max, get, with);

    public static readonly ImmutableArray<Setting> All =
    [
        new("workers", Unit.Count, 1, 4, p => p.Workers, (p, v) => p with { Workers = (int)v }),
        Of("sessions", Unit.Count, 1, 4096, o => o.Sessions, (o, v) => o with { Sessions = (int)v }),
        new("total", Unit.Count, 1, 16384, p => p.SessionsMax, (p, v) => p with { SessionsMax = (int)v }),
        new("promised", Unit.Count, 0, 32768, p => p.DescriptorsMax, (p, v) => p with { DescriptorsMax = (int)v }),
        Of("block", Unit.Count, 2, 1 << 20, o => o.BlockBytes, (o, v) => o with { BlockBytes = (int)v }),
        Of("batch", Unit.Count, 2, 4096, o => o.BatchReads, (o, v) => o with { BatchReads = (int)v }),
        Of("events", Unit.Count, 1, 4096, o => o.EventsPerTurn, (o, v) => o with { EventsPerTurn = (int)v }),
        Of("accepts", Unit.Count, 1, 4096, o => o.AcceptsPerTurn, (o, v) => o with { AcceptsPerTurn = (int)v }),
        Of("turn", Unit.Count, 1, int.MaxValue, o => o.BytesPerTurn, (o, v) => o with { BytesPerTurn = (int)v }),
        Of("pipes", Unit.Count, 0, 4096, o => o.Pipes, (o, v) => o with { Pipes = (int)v }),
        Of("pipepause", Unit.Time, 1, TimeMax, o => o.PipePause, (o, v) => o with { PipePause = v }),
        Of("connect", Unit.Time, 1, TimeMax, o => o.ConnectTimeout, (o, v) => o with { ConnectTimeout = v }),
        Of("idle", Unit.Time, 1, TimeMax, o => o.IdleTimeout, (o, v) => o with { IdleTimeout = v }),
        Of("half", Unit.Time, 1, TimeMax, o => o.HalfCloseTimeout, (o, v) => o with { HalfCloseTimeout = v }),
        Of("linger", Unit.Time, 1, TimeMax, o => o.LingerTimeout, (o, v) => o with { LingerTimeout = v }),
        Of("pause", Unit.Time, 1, TimeMax, o => o.AcceptPause, (o, v) => o with { AcceptPause = v }),
        Of("keepalive", Unit.Time, 1, TimeMax, o => o.KeepAliveAfter, (o, v) => o with { KeepAliveAfter = v }),
        Of("seed", Unit.Bits, 0, 0, o => (long)o.Seed, (o, v) => o with { Seed = (ulong)v }),
        OfWorld("sndbuf", 1, 1 << 30, w => w.SendBuffer, (w, v) => w with { SendBuffer = v }),
        OfWorld("rcvbuf", 0, 1 << 30, w => w.ReceiveBuffer, (w, v) => w with { ReceiveBuffer = v }),
        OfWorld("unixbuf", 1, 1 << 30, w => w.UnixSendBuffer, (w, v) => w with { UnixSendBuffer = v }),
        OfWorld("fds", 3, 1 << 20, w => w.DescriptorLimit, (w, v) => w with { DescriptorLimit = v }),
        OfWorld("pipeslots", 1, 4096, w => w.PipeSlots, (w, v) => w with { PipeSlots = v }),
        new("backlog", Unit.Count, 0, 65535, p => p.Backlog, (p, v) => p with { Backlog = (int)v }),
        new("shared", Unit.Flag, 0, 1, p => p.SharesListeners ? 1 : 0, (p, v) => p with { SharesListeners = v != 0 }),
        new("age", Unit.Time, 0, 2 * TimeMax, p => p.Age, (p, v) => p with { Age = v }),
        new("drift", Unit.Time, 0, TimeMax, p => p.Drift, (p, v) => p with { Drift = v }),
        new("key", Unit.Bits, 0, 0, p => (long)p.Key, (p, v) => p with { Key = (ulong)v }),
        new("chaos", Unit.Count, 0, 1 << 30, p => p.ChaosCalls, (p, v) => p with { ChaosCalls = (int)v }),
        new("stuck", Unit.Flag, 0, 1, p => p.SomeStayStuck ? 1 : 0, (p, v) => p with { SomeStayStuck = v != 0 }),
        new("injures", Unit.Flag, 0, 1, p => p.Injures ? 1 : 0, (p, v) => p with { Injures = v != 0 }),
    ];

    /// <summary>For messages.</summary>
    public static IEnumerable<string> Names
    {
        get
        {
            foreach (Setting setting in All)
            {
                yield return setting.Name;
            }
        }
    }

    public string Name { get; }

    public Unit Unit { get; }

    public long Min { get; }

    public long Max { get; }

    public Func<Plan, long> Get { get; }

    public Func<Plan, long, Plan> With { get; }

    /// <summary>The setting of a name, null when there is none.</summary>
    public static Setting? Find(string name)
    {
        foreach (Setting setting in All)
        {
            if (setting.Name == name)
            {
                return setting;
            }
        }

        return null;
    }

    /// <summary>As a script writes it.</summary>
    public string Text(Plan plan)
    {
        long value = Get(plan);
        return Unit switch
        {
            Unit.Flag => Name,
            Unit.Time => $"{Name}={Units.Time(value)}",
            Unit.Bits => string.Create(CultureInfo.InvariantCulture, $"{Name}=0x{value:x}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Name}={value}"),
        };
    }

    /// <summary>What its value may be, for messages.</summary>
    public string Expected =>
        Unit switch
        {
            Unit.Time => "a time such as 50ms (ns, us, ms, s, m, h)",
            Unit.Bits => "a number of 64 bits, decimal or 0x…",
            _ => string.Create(CultureInfo.InvariantCulture, $"a number from {Min} to {Max}"),
        };

    private static Setting Of(
        string name,
        Unit unit,
        long min,
        long max,
        Func<LoopOptions, long> get,
        Func<LoopOptions, long, LoopOptions> with
    ) => new(name, unit, min, max, p => get(p.Loop), (p, v) => p with { Loop = with(p.Loop, v) });

    private static Setting OfWorld(
        string name,
        long min,
        long max,
        Func<WorldOptions, long> get,
        Func<WorldOptions, int, WorldOptions> with
    ) => new(name, Unit.Count, min, max, p => get(p.World), (p, v) => p with { World = with(p.World, (int)v) });
}
