using System.Globalization;

namespace Lure.Linux.Configuration;

/// <summary>
/// Times as users write them: a whole number and a unit. Neither fractions nor sums: <c>"90s"</c>
/// says what <c>"1.5m"</c> and <c>"1m30s"</c> would.
/// </summary>
internal static class Duration
{
    public const long Microsecond = 1_000;
    public const long Millisecond = 1_000 * Microsecond;
    public const long Second = 1_000 * Millisecond;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    private const string Units = "us, ms, s, m, h or d";

    private static readonly (string Name, long Nanoseconds)[] s_units =
    [
        ("d", Day),
        ("h", Hour),
        ("m", Minute),
        ("s", Second),
        ("ms", Millisecond),
        ("us", Microsecond),
    ];

    /// <param name="text">What the user wrote.</param>
    /// <param name="least">ns.</param>
    /// <param name="most">ns.</param>
    /// <param name="nanoseconds">The time, if the result is true.</param>
    /// <param name="fault">What is wrong, if it is false.</param>
    public static bool TryParse(string text, long least, long most, out long nanoseconds, out Fault fault)
    {
        nanoseconds = 0;
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        string number = text[..digits];
        string unit = text[digits..];
        long scale = ScaleOf(unit);
        if (digits == 0 || scale == 0)
        {
            fault = Explain(text, number, unit, most);
            return false;
        }

        // A number too long for a long is out of range like one that is merely large.
        bool fits = long.TryParse(number, CultureInfo.InvariantCulture, out long count) && count <= most / scale;
        nanoseconds = fits ? count * scale : 0;
        bool inRange = fits && nanoseconds >= least;
        fault = inRange
            ? default
            : new Fault(ErrorId.OutOfRange, $"\"{text}\" is out of range", $"{Format(least)} to {Format(most)}");
        return inRange;
    }

    /// <summary>In the largest unit that divides it.</summary>
    public static string Format(long nanoseconds)
    {
        foreach ((string name, long scale) in s_units)
        {
            if (nanoseconds != 0 && nanoseconds % scale == 0)
            {
                return $"{nanoseconds / scale}{name}";
            }
        }

        return $"{nanoseconds / Millisecond}ms";
    }

    /// <summary>The fault of a number that stands alone.</summary>
    /// <param name="number">As it stands there.</param>
    /// <param name="most">ns: the largest time that would be in range, so that no unit is proposed that is not.</param>
    public static Fault WithoutUnit(string number, long most)
    {
        string digits = number.Trim('"');
        string cure = most < Second ? $"\"{digits}us\"?" : $"\"{digits}s\" or \"{digits}ms\"?";
        return new Fault(ErrorId.BadTime, $"{number} needs a unit", cure);
    }

    private static Fault Explain(string text, string number, string unit, long most)
    {
        if (number.Length != 0 && unit.Length == 0)
        {
            return WithoutUnit($"\"{number}\"", most);
        }

        string meant = Meant(unit.Trim());
        if (number.Length != 0 && meant.Length != 0)
        {
            return new Fault(ErrorId.BadTime, $"\"{text}\" has no known unit", $"did you mean \"{number}{meant}\"?");
        }

        return new Fault(
            ErrorId.BadTime,
            $"\"{text}\" is not a time",
            $"a whole number and a unit: {Units}, as in \"90s\""
        );
    }

    private static string Meant(string unit) =>
        unit.ToUpperInvariant() switch
        {
            "US" or "USEC" or "USECS" or "MICROS" or "MICROSECOND" or "MICROSECONDS" or "\u039CS" => "us",
            "MS" or "MSEC" or "MSECS" or "MILLIS" or "MILLISECOND" or "MILLISECONDS" => "ms",
            "S" or "SEC" or "SECS" or "SECOND" or "SECONDS" => "s",
            "M" or "MIN" or "MINS" or "MINUTE" or "MINUTES" => "m",
            "H" or "HR" or "HRS" or "HOUR" or "HOURS" => "h",
            "D" or "DAY" or "DAYS" => "d",
            _ => "",
        };

    private static long ScaleOf(string unit)
    {
        foreach ((string name, long scale) in s_units)
        {
            if (unit == name)
            {
                return scale;
            }
        }

        return 0;
    }
}
