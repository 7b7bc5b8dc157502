using System.Collections.Generic;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Lure.Bench.Load;

namespace Lure.Bench.Micro;

/// <summary>Runs <see cref="HotParts"/>.</summary>
internal static class HotPartsRun
{
    /// <param name="once">To see that it runs; else as often as it takes for times that mean something.</param>
    /// <param name="output">Takes the table and all that leads to it.</param>
    /// <returns>The bytes that an operation of each part allocates.</returns>
    /// <exception cref="LoadException">A benchmark did not come to a result.</exception>
    public static Dictionary<string, long> Run(bool once, TextWriter output)
    {
        string artifacts = Directory.CreateTempSubdirectory("lure-bench-micro-").FullName;
        try
        {
            // In this process: another one would have to be built, in a tree whose rules are not made for generated code.
            ManualConfig config = ManualConfig
                .CreateEmpty()
                .AddJob((once ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance))
                .AddDiagnoser(MemoryDiagnoser.Default)
                .AddColumnProvider(DefaultColumnProviders.Instance)
                .AddLogger(new TextLogger(output))
                .WithArtifactsPath(artifacts);
            Summary summary = BenchmarkRunner.Run<HotParts>(config);
            return summary.Reports.Length == MicroBenchmarks.All.Count && summary.Reports.All(report => report.Success)
                ? summary.Reports.ToDictionary(PartOf, BytesOf)
                : throw new LoadException("a micro-benchmark did not come to a result: see above");
        }
        finally
        {
            Directory.Delete(artifacts, recursive: true);
        }
    }

    private static string PartOf(BenchmarkReport report) =>
        (string)report.BenchmarkCase.Parameters[nameof(HotParts.Part)];

    private static long BytesOf(BenchmarkReport report) =>
        report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)
        ?? throw new LoadException($"the bytes of {PartOf(report)} were not counted");
}
