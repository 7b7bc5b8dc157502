using Lure.Bench.Commands;

namespace Lure.Bench;

internal static class Program
{
    private static int Main(string[] arguments) => CommandTree.Make(arguments).Parse(arguments).Invoke();
}
