namespace Lure.Linux;

internal static class Program
{
    private static int Main() => 2;
}
