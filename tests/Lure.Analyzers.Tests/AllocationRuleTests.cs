using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>Each construct, judged by the analyzer and counted by the runtime.</summary>
[TestFixture]
[Category("Long")]
internal sealed class AllocationRuleTests
{
    // Below 30 calls the runtime does not optimise a method; a later tier may move an object to the stack.
    private const int Runs = 5;

    private static readonly IReadOnlyList<Construct> All = [.. Constructs.Allocating, .. Constructs.Innocent];

    private Type _compiled = null!;

    [OneTimeSetUp]
    public void Compile()
    {
        IEnumerable<string> methods = All.Select(
            static (row, i) => $"public static void Run{i}(int n) {{ {row.CodeWithoutMarks} }}"
        );
        string code = Prelude.Types + "public static unsafe class Rows {\n" + string.Join('\n', methods) + "\n}";
        CSharpCompilation compilation = Prelude.Compile("Constructs", [Prelude.Parse(code)]);
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image);
        Assert.That(result.Success, string.Join('\n', result.Diagnostics));
        _compiled = Assembly.Load(image.ToArray()).GetType("Rows")!;
    }

    [TestCaseSource(typeof(Constructs), nameof(Constructs.Allocating))]
    public Task IsFlagged(Construct row) => HotCode.Reports(Hot(row), row.Message!);

    [TestCaseSource(typeof(Constructs), nameof(Constructs.Innocent))]
    public Task IsNotFlagged(Construct row) => HotCode.Reports(Hot(row));

    [TestCaseSource(nameof(All))]
    public void CostsWhatTheTableSays(Construct row)
    {
        string name = "Run" + All.ToList().IndexOf(row).ToString(CultureInfo.InvariantCulture);
        Action<int> run = _compiled.GetMethod(name)!.CreateDelegate<Action<int>>();
        run(1);
        run(1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Runs; i++)
        {
            run(1);
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(bytes, row.Cost == Cost.EachRun ? Is.AtLeast(Runs * 24) : Is.Zero);
    }

    private static string Hot(Construct row) =>
        "static unsafe class C { [HotPath] static void M(int n) { " + row.Code + " } }";
}
