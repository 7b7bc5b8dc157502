namespace Lure.Linux.Commands;

/// <summary>The version that the build was given.</summary>
internal static class ProductVersion
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetName().Version is { } version ? version.ToString(fieldCount: 3) : "unknown";
}
