using NUnit.Framework;

// Each fixture makes worlds of its own, on one thread, and what they allocate is counted for that thread.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
