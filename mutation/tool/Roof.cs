using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lure.Mutation;

/// <summary>What is mutated under one configuration, and by which tests it is judged.</summary>
/// <param name="Name">Also that of the configuration, mutation/NAME.json.</param>
/// <param name="Folder">Of the project, from the checkout's root.</param>
/// <param name="Parts">Folders below it; empty for all.</param>
/// <param name="Judges">Paths of what decides whether a mutant is noticed: the test projects, and what they are built of.</param>
/// <param name="Sample">Files that are tried where it is not known what has changed, or where only a judge has.</param>
/// <param name="SampleAtLeast">Percent of the mutants of the sample.</param>
internal sealed record Roof(
    string Name,
    string Folder,
    string[] Parts,
    string[] Judges,
    string[] Sample,
    double SampleAtLeast
)
{
    /// <summary>What is a judge of each roof.</summary>
    private static readonly string[] s_judges =
    [
        "dotnet-tools.json",
        "Directory.Build.props",
        "Directory.Packages.props",
        "tests/Directory.Build.targets",
        "tests/MutationRunner.props",
    ];

    /// <summary>Lines of code that one run takes at most, so that none lasts over half an hour.</summary>
    private const int LinesPerPart = 850;

    public static IReadOnlyList<Roof> All { get; } =
    [
        new(
            "core",
            "Lure.Core",
            [],
            ["tests/Lure.Core.Tests", "tests/Lure.Sim.Tests", "Lure.Sim", "mutation/core.json", .. s_judges],
            ["Connections/ConnectionPool.cs", "Loop/EventLoop.3.Publish.cs"],
            95
        ),
        new(
            "sim",
            "Lure.Sim",
            ["top", "Sockets", "Polling", "Descriptors", "Processes", "Workers"],
            ["tests/Lure.Sim.Tests", "Lure.Core", "mutation/sim.json", .. s_judges],
            ["Sockets/TcpSocket.State.cs"],
            90
        ),
        new(
            "analyzers",
            "Lure.Analyzers",
            [],
            ["tests/Lure.Analyzers.Tests", "mutation/analyzers.json", .. s_judges],
            ["Rules/LockRule.cs", "Rules/DynamicRule.cs"],
            95
        ),
    ];

    public string Configuration => $"{Name}.json";

    /// <summary>Percent of its mutants, without the listed equivalents, that have to be noticed.</summary>
    public double Threshold(string root) => FromConfiguration(root, "break");

    /// <summary>Percent that its standing score may not fall below: what it has come to.</summary>
    public double Floor(string root) => FromConfiguration(root, "high");

    private double FromConfiguration(string root, string threshold)
    {
        using FileStream file = File.OpenRead(Path.Combine(root, "mutation", Configuration));
        using JsonDocument json = JsonDocument.Parse(file);
        return json
            .RootElement.GetProperty("stryker-config")
            .GetProperty("thresholds")
            .GetProperty(threshold)
            .GetDouble();
    }

    /// <summary>Its files, in runs that are each a folder or a piece of one.</summary>
    public IReadOnlyList<Part> Split(string root)
    {
        List<Part> parts = [];
        string project = Path.Combine(root, Folder);
        foreach (IGrouping<string, string> folder in Files(root).GroupBy(FolderOf).OrderBy(group => group.Key))
        {
            List<string> files = [];
            int lines = 0;
            int pieces = 0;
            foreach (string file in folder.Order(System.StringComparer.Ordinal))
            {
                int more = File.ReadLines(Path.Combine(project, file)).Count();
                if (lines > 0 && lines + more > LinesPerPart)
                {
                    parts.Add(new Part($"{folder.Key}-{++pieces}", [.. files]));
                    files.Clear();
                    lines = 0;
                }

                files.Add(file);
                lines += more;
            }

            parts.Add(new Part(pieces == 0 ? folder.Key : $"{folder.Key}-{pieces + 1}", [.. files]));
        }

        return parts;
    }

    /// <summary>Whether a file is under this roof.</summary>
    /// <param name="file">From the project's folder.</param>
    public bool Covers(string file) =>
        file.EndsWith(".cs", System.StringComparison.Ordinal) && (Parts.Length == 0 || Parts.Contains(FolderOf(file)));

    private IEnumerable<string> Files(string root)
    {
        string project = Path.Combine(root, Folder);
        return Directory
            .EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(project, file))
            .Where(file => !file.StartsWith("obj", System.StringComparison.Ordinal) && Covers(file));
    }

    private static string FolderOf(string file) =>
        Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder.Split('/')[0] : "top";
}

/// <param name="Name">Of the folder, and the number of the piece.</param>
/// <param name="Files">From the project's folder.</param>
internal sealed record Part(string Name, string[] Files)
{
    /// <summary>Tells parts of the same name and of different files from each other.</summary>
    public string Mark =>
        System.Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Files))))[..8];
}
