using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;

namespace Lure.Bench.Micro;

/// <summary>The hot parts as BenchmarkDotNet wants them: one benchmark, and the part as its parameter.</summary>
public class HotParts
{
    /// <summary>Of one invocation: enough for what is around the loop not to count.</summary>
    private const int Operations = 1_000;

    private MicroWork? _work;

    /// <summary>The name of one of <see cref="MicroBenchmarks.All"/>.</summary>
    [ParamsSource(nameof(Names))]
    public string Part { get; set; } = "";

    public static IEnumerable<string> Names => MicroBenchmarks.All.Select(benchmark => benchmark.Name);

    [GlobalSetup]
    public void Prepare() => _work = MicroBenchmarks.All.Single(benchmark => benchmark.Name == Part).Make();

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Operation() => _work!.Run(Operations);

    [GlobalCleanup]
    public void Clear() => _work?.Dispose();
}
