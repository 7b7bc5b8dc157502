using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>The package as somebody else's project meets it: from a folder, with no other source of packages.</summary>
[TestFixture]
[Category("Long")]
internal sealed class PackageTests
{
    private static readonly string Configuration = AppContext.BaseDirectory.Contains(
        "/release",
        StringComparison.OrdinalIgnoreCase
    )
        ? "Release"
        : "Debug";

    private string _folder = null!;

    [OneTimeSetUp]
    public void Pack()
    {
        _folder = Directory.CreateTempSubdirectory("lure-package").FullName;
        (int status, string output) = Run(
            Repository.Root,
            "pack",
            "Lure.Analyzers",
            "--no-build",
            "-c",
            Configuration,
            "-o",
            Path.Combine(_folder, "source")
        );
        Assert.That(status, Is.Zero, output);
        string sample = Path.Combine(Repository.Root, "samples/HotLoop");
        Directory.CreateDirectory(Path.Combine(_folder, "sample"));
        foreach (string file in Directory.EnumerateFiles(sample))
        {
            File.Copy(file, Path.Combine(_folder, "sample", Path.GetFileName(file)));
        }
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void HoldsWhatItNeedsAndNoMore()
    {
        using ZipArchive package = ZipFile.OpenRead(
            Directory.EnumerateFiles(Path.Combine(_folder, "source"), "*.nupkg").Single()
        );
        IEnumerable<string> files = package
            .Entries.Select(static entry => entry.FullName)
            .Where(static name =>
                !name.StartsWith("_rels", StringComparison.Ordinal)
                && !name.StartsWith("package/", StringComparison.Ordinal)
                && name != "[Content_Types].xml"
            );
        Assert.That(
            files,
            Is.EquivalentTo(
                new[]
                {
                    "Lure.Analyzers.nuspec",
                    "README.md",
                    "Attributes/ColdPathAttribute.cs",
                    "Attributes/HotPathAttribute.cs",
                    "analyzers/dotnet/cs/Lure.Analyzers.dll",
                    "analyzers/dotnet/cs/Lure.Analyzers.CodeFixes.dll",
                    "build/Lure.Analyzers.props",
                    "build/Lure.Analyzers.targets",
                }
            )
        );
    }

    [Test]
    public void ASampleIsHeldToTheRules()
    {
        (int clean, string output) = Build();
        Assert.That(clean, Is.Zero, output);

        (int faulty, string errors) = Build("-p:WithMistakes=true");
        Assert.That(faulty, Is.Not.Zero);
        Assert.That(errors, Does.Contain("Ring.cs(32,39): error LURE0002: The hot path boxes 'int'"));
        Assert.That(
            errors,
            Does.Contain("Ring.cs(34,40): error LURE0001: The hot path allocates a collection 'long[]'")
        );
    }

    private (int Status, string Output) Build(params string[] more) =>
        Run(
            Path.Combine(_folder, "sample"),
            [
                "build",
                "-p:RestoreSources=" + Path.Combine(_folder, "source"),
                "-p:RestorePackagesPath=" + Path.Combine(_folder, "packages"),
                "-p:UseSharedCompilation=false",
                .. more,
            ]
        );

    private static (int Status, string Output) Run(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
