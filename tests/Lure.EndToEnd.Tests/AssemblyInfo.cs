using System.Runtime.Versioning;
using NUnit.Framework;

[assembly: SupportedOSPlatform("linux")]

// Each fixture has relays and backends of its own, on ports that the kernel chose. Two at a time:
// most of them wait for a process to start, and more would only wait for a CPU.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
