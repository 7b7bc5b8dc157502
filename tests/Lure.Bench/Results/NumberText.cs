using System.Globalization;

namespace Lure.Bench.Results;

/// <summary>Numbers as tables show them.</summary>
internal static class NumberText
{
    public static string Of(double value, int decimals) =>
        value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string Range(Quartiles values, int decimals) =>
        $"{Of(values.Lower, decimals)} – {Of(values.Upper, decimals)}";
}
