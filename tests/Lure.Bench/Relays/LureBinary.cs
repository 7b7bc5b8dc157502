using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Lure.Bench.Load;

namespace Lure.Bench.Relays;

/// <summary>Where the program <c>lure</c> is: what LURE_BINARY names, else <c>out/lure</c>, published when its sources are newer.</summary>
internal static class LureBinary
{
    private const string Variable = "LURE_BINARY";
    private static readonly string[] s_sources = ["Lure.Core", "Lure.Sim", "Lure.Linux"];

    /// <exception cref="LoadException">There is none, and it cannot be made.</exception>
    public static string Locate()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named)
                ? named
                : throw new LoadException($"{Variable} names {named}, which does not exist");
        }

        if (Repository.Root is not { } root)
        {
            throw new LoadException($"no repository around {AppContext.BaseDirectory}; name the program in {Variable}");
        }

        string path = Path.Combine(root, "out", "lure");
        if (!File.Exists(path) || File.GetLastWriteTimeUtc(path) < NewestSource(root))
        {
            Publish(root);
        }

        return path;
    }

    private static DateTime NewestSource(string root) =>
        s_sources
            .SelectMany(part =>
                Directory.EnumerateFiles(Path.Combine(root, part), "*.cs*", SearchOption.AllDirectories)
            )
            .Concat(Directory.EnumerateFiles(root, "Directory.*.props"))
            .Max(File.GetLastWriteTimeUtc);

    private static void Publish(string root)
    {
        Console.Error.WriteLine("publishing Lure.Linux to out/");
        ProcessStartInfo start = new("dotnet", ["publish", "Lure.Linux", "-c", "Release", "-o", "out", "-v", "quiet"])
        {
            WorkingDirectory = root,
        };
        using Process publish = Process.Start(start)!;
        publish.WaitForExit();
        if (publish.ExitCode != 0)
        {
            throw new LoadException($"dotnet publish failed; publish by hand and name the program in {Variable}");
        }
    }
}
