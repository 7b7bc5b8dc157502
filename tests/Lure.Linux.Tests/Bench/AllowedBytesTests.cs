using System;
using System.Collections.Generic;
using System.IO;
using Lure.Bench.Micro;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

/// <summary>What the hot parts allocate, held to the file that may only fall.</summary>
[TestFixture]
internal sealed class AllowedBytesTests
{
    private static readonly string s_path = Checkout.PathOf("tests", "Lure.Bench", AllowedBytes.FileName);

    [Test]
    public void Every_benchmark_allocates_what_the_file_says()
    {
        Dictionary<string, long> measured = [];
        foreach (MicroBenchmark benchmark in MicroBenchmarks.All)
        {
            measured.Add(benchmark.Name, benchmark.BytesPerOperation());
        }

        Assert.That(AllowedBytes.Parse(File.ReadAllText(s_path)).Complaints(measured), Is.Empty);
    }

    [TestCase("a 8", 8, null)]
    [TestCase("a 8", 9, "a allocates 9 bytes, and may 8")]
    [TestCase("a 8", 7, "a may allocate 8 bytes, and allocates 7: lower it in allowed-bytes.txt")]
    [TestCase("# a 8", 8, "a is missing in allowed-bytes.txt: it allocates 8")]
    [TestCase("a 8\nb 0", 8, "b in allowed-bytes.txt is no benchmark")]
    public void A_difference_is_told_in_either_direction(string file, long bytes, string? complaint) =>
        Assert.That(
            AllowedBytes.Parse(file).Complaints(new Dictionary<string, long> { ["a"] = bytes }),
            Is.EqualTo(complaint is null ? [] : new[] { complaint })
        );

    [TestCase("a")]
    [TestCase("a -1")]
    [TestCase("a 1 2")]
    [TestCase("a 1\na 1")]
    public void A_line_that_says_nothing_is_refused(string file) =>
        Assert.That(() => AllowedBytes.Parse(file), Throws.TypeOf<FormatException>());

    [Test]
    public void One_object_in_a_thousand_operations_is_a_byte()
    {
        MicroBenchmark benchmark = new("a", () => new SeldomAllocating());

        Assert.That(benchmark.BytesPerOperation(), Is.EqualTo(1));
    }

    private sealed class SeldomAllocating : MicroWork
    {
        private object? _kept;

        public override void Run(int operations)
        {
            for (int i = 0; i < operations; i++)
            {
                _kept = i % 1_000 == 0 ? new object() : _kept;
            }
        }
    }
}
