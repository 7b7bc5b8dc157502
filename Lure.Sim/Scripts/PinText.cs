using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Lure.Core.Kernel;
using Lure.Sim.Driving;

namespace Lure.Sim.Scripts;

/// <summary>Pins as scripts write them.</summary>
internal static class PinText
{
    private const long Millisecond = 1_000_000;

    /// <summary>The bits of a report, by the names that scripts give them.</summary>
    public static readonly ImmutableArray<(string Name, Readiness Bit)> Bits =
    [
        ("in", Readiness.In),
        ("pri", Readiness.Urgent),
        ("out", Readiness.Out),
        ("err", Readiness.Error),
        ("hup", Readiness.HangUp),
        ("rdhup", Readiness.ReadHangUp),
    ];

    /// <summary>The bit of a name, null when there is none.</summary>
    public static Readiness? BitOf(string name)
    {
        foreach ((string known, Readiness bit) in Bits)
        {
            if (known == name)
            {
                return bit;
            }
        }

        return null;
    }

    /// <summary>The whole pin: the moment, then what happens.</summary>
    public static string WithMoment(in Pin pin)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"@{pin.Call}");
        if (pin.Round > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"~{pin.Round}");
        }
        else if (pin.Moment == Moment.After)
        {
            text.Append('+');
        }

        return text.Append(' ').Append(Of(pin)).ToString();
    }

    /// <summary>What happens.</summary>
    public static string Of(in Pin pin) =>
        pin.Act switch
        {
            Act.Step => pin.Value > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{pin.Actor} {pin.Value}")
                : pin.Actor.ToString(),
            Act.Accept => Server("accept", pin),
            Act.Turn => string.Create(CultureInfo.InvariantCulture, $"w{pin.Number + 1}"),
            Act.Answer => $"!{Errno(pin.Value)}",
            Act.Limit => string.Create(CultureInfo.InvariantCulture, $"short {pin.Value}"),
            Act.FailLater => $"fails {Errno(pin.Value)}",
            Act.AtOnce => "at-once",
            Act.Delay => pin.Value < 0 ? "silent" : $"delay {Units.Time(pin.Value * Millisecond)}",
            Act.Order => string.Create(CultureInfo.InvariantCulture, $"order {pin.Value}"),
            Act.Truncate => string.Create(CultureInfo.InvariantCulture, $"truncate {pin.Value}"),
            Act.Report => string.Create(CultureInfo.InvariantCulture, $"report fd{pin.Number} {Names(pin.Value)}"),
            Act.Stale => $"stale {(pin.Side == Side.Server ? ">" : "")}{pin.Actor}",
            Act.Strip => string.Create(CultureInfo.InvariantCulture, $"strip {pin.Number} {Names(pin.Value)}"),
            Act.Jump => $"jump {Units.Time(pin.Value * Millisecond)}",
            Act.Die => string.Create(CultureInfo.InvariantCulture, $"die fd{pin.Number} {Errno(pin.Value)}"),
            Act.Command => pin.Value < 0 ? "stop" : $"drain {Units.Time(pin.Value * Millisecond)}",
            Act.Clog => $"clog {pin.Actor}",
            Act.Unclog => $"unclog {pin.Actor}",
            Act.ServerDown => Server("down", pin),
            Act.ServerUp => Server("up", pin),
            Act.Reset => $"reset {pin.Actor}",
            Act.EjectAll => string.Create(CultureInfo.InvariantCulture, $"eject b{pin.Number + 1}"),
            Act.Descriptors => string.Create(CultureInfo.InvariantCulture, $"descriptors {pin.Value}"),
            _ => "nothing",
        };

    private static string Server(string verb, in Pin pin) =>
        string.Create(CultureInfo.InvariantCulture, $"{verb} s{pin.Number + 1}");

    private static string Errno(long value)
    {
        System.ReadOnlySpan<byte> name = ErrnoName.Utf8((int)value);
        return name.IsEmpty ? value.ToString(CultureInfo.InvariantCulture) : Encoding.ASCII.GetString(name);
    }

    private static string Names(long bits)
    {
        StringBuilder text = new();
        foreach ((string name, Readiness bit) in Bits)
        {
            if (((Readiness)bits & bit) != 0)
            {
                text.Append(text.Length > 0 ? "|" : "").Append(name);
            }
        }

        return text.Length == 0 ? "none" : text.ToString();
    }
}
