using System.Globalization;

namespace Lure.Linux.Demo;

/// <summary>Numbers of three digits and a unit, so that they keep their width however large they get.</summary>
internal static class Quantity
{
    private static readonly string[] s_counts = ["", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] s_bytes = [" B", " kB", " MB", " GB", " TB", " PB", " EB"];
    private static readonly string[] s_times = [" ns", " us", " ms", " s", " ks", " Ms", " Gs"];

    /// <summary>At most 5 characters: 4 digits, or 3 with a suffix.</summary>
    public static string Count(long count) =>
        count is >= 0 and < 10_000 ? count.ToString(CultureInfo.InvariantCulture) : Scaled(count, s_counts);

    /// <summary>At most 7 characters. kB is 1000 B, as on the wire.</summary>
    public static string Bytes(long bytes) => Scaled(bytes, s_bytes);

    /// <param name="nanoseconds">Null: not known yet.</param>
    /// <returns>At most 7 characters.</returns>
    public static string Time(long? nanoseconds) => nanoseconds is { } known ? Scaled(known, s_times) : "-";

    private static string Scaled(long number, string[] units)
    {
        double value = number;
        int unit = 0;

        // From 999.5 on, three digits round to the next unit.
        while (value >= 999.5 && unit < units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        string digits =
            unit == 0 || value >= 99.95 ? "F0"
            : value >= 9.995 ? "F1"
            : "F2";
        return value.ToString(digits, CultureInfo.InvariantCulture) + units[unit];
    }
}
