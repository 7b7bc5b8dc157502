using System;
using System.IO;
using System.Linq;

namespace Lure.Mutation;

internal static class Program
{
    private const string Usage = """
        usage: mutation/mutate whole ROOF [PART...]   every part of a roof that was not measured at this commit
               mutation/mutate since [--minutes N]    what has changed since the standing scores, in N minutes (6)
               mutation/mutate parts                  the roofs and their parts
               mutation/mutate check                  the equivalent mutants and the standing scores

        Roofs: core, sim, analyzers. Exit status: 0; 1 when a score is too low, nothing was tried or a list is stale;
        2 for a wrong argument; 3 when a run could not be made, and so counts nothing.
        """;

    private static int Main(string[] arguments)
    {
        try
        {
            string root = RootOf(Environment.CurrentDirectory);
            return arguments switch
            {
                ["whole", string name, .. string[] parts] when Find(name) is { } roof => WholeRun.Run(
                    root,
                    roof,
                    parts
                ),
                ["since"] => SinceRun.Run(root, TimeSpan.FromMinutes(6)),
                ["since", "--minutes", string minutes] when int.TryParse(minutes, out int count) && count > 0 =>
                    SinceRun.Run(root, TimeSpan.FromMinutes(count)),
                ["parts"] => List(root),
                ["check"] => Check(root),
                _ => Refuse(),
            };
        }
        catch (MutationException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 3;
        }
    }

    private static Roof? Find(string name) => Roof.All.FirstOrDefault(roof => roof.Name == name);

    private static int List(string root)
    {
        Standing standing = Standing.Read(root);
        foreach (Roof roof in Roof.All)
        {
            foreach (Part part in roof.Split(root))
            {
                string at = standing.CommitOf(roof, part) is { } commit ? $"measured at {commit}" : "not measured";
                Console.WriteLine($"{roof.Name, -10} {part.Name, -20} {part.Files.Length, 3} files, {at}");
            }
        }

        return 0;
    }

    private static int Check(string root)
    {
        Equivalents list = Equivalents.Read(root);
        string[] wrong = [.. list.Stale(root), .. Roof.All.SelectMany(roof => Ratchet.Wrong(root, roof))];
        foreach (string line in wrong)
        {
            Console.Error.WriteLine(line);
        }

        return wrong.Length == 0 ? 0 : 1;
    }

    private static int Refuse()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    private static string RootOf(string folder) =>
        File.Exists(Path.Combine(folder, "Lure.sln"))
            ? folder
            : RootOf(Path.GetDirectoryName(folder) ?? throw new MutationException("no Lure.sln above this folder"));
}
