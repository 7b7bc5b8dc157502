using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Lure.Mutation.Tests;

/// <summary>What is tried of a roof is what no score stands for, and a sample where that cannot be told.</summary>
[TestFixture]
internal sealed class DueTests
{
    private const string Code = """
        class A
        {
            int First() => 1;
        }

        """;

    private static readonly Roof s_roof = Roof.All.Single(roof => roof.Name == "core");

    private TemporaryCheckout _checkout = null!;

    [SetUp]
    public void Make()
    {
        _checkout = TemporaryCheckout.WithoutCore();
        _checkout.Write("Lure.Core/Old/A.cs", Code);
        foreach (string file in s_roof.Sample)
        {
            _checkout.Write($"Lure.Core/{file}", Code);
        }
    }

    [TearDown]
    public void Free() => _checkout.Dispose();

    [Test]
    public void Nothing_of_a_roof_without_any_score()
    {
        _checkout.Commit();
        Assert.That(Tried(out string what), Is.Empty);
        Assert.That(what, Does.Contain("no standing score"));
    }

    [Test]
    public void Nothing_where_nothing_has_changed()
    {
        Measured(_checkout.Commit(), "Old", "Connections", "Loop");
        Assert.That(Tried(out string what), Is.Empty);
        Assert.That(what, Is.EqualTo("nothing has changed"));
    }

    [Test]
    public void A_part_that_is_new()
    {
        Measured(_checkout.Commit(), "Old", "Connections", "Loop");
        _checkout.Write("Lure.Core/New/B.cs", Code);
        _checkout.Commit();
        Assert.That(Tried(out string what).Single(), Does.StartWith("**/New/B.cs{"));
        Assert.That(what, Is.EqualTo("4 of 4 lines in members that have changed"));
    }

    [Test]
    public void What_has_changed_in_a_part_that_has_another_name_now_since_the_oldest_score()
    {
        Measured(_checkout.Commit(), "Connections");
        _checkout.Write("Lure.Core/Old/A.cs", Code.Replace("1", "2", StringComparison.Ordinal));
        Measured(_checkout.Commit(), "Before", "Loop");
        Assert.That(Tried(out _).Single(), Does.StartWith("**/Old/A.cs{"));
    }

    [Test]
    public void A_sample_where_a_commit_is_not_there()
    {
        Measured(_checkout.Commit(), "Old", "Connections");
        Measured("0123456789abcdef0123456789abcdef01234567", "Loop");
        Assert.That(Tried(out string what), Is.EqualTo(s_roof.Sample.Select(file => $"**/{file}")));
        Assert.That(what, Does.Contain("is not in this clone"));
    }

    [TestCase("tests/Lure.Core.Tests/T.cs", true)]
    [TestCase("tests/Lure.Core.Tests/T.cs", false)]
    [TestCase("Lure.Sim/Checking/Ledger.cs", true)]
    [TestCase("mutation/core.json", true)]
    [TestCase("dotnet-tools.json", true)]
    public void A_sample_where_only_a_judge_has_changed(string judge, bool isAdded)
    {
        Measured(_checkout.Commit(), "Old", "Connections", "Loop");
        _checkout.Write(judge, "");
        if (isAdded)
        {
            _checkout.Commit();
        }

        Assert.That(Tried(out string what), Is.EqualTo(s_roof.Sample.Select(file => $"**/{file}")));
        Assert.That(what, Does.StartWith("only what judges it has changed"));
    }

    [Test]
    public void What_has_changed_since_the_oldest_score_in_a_part_that_has_other_files_now()
    {
        Measured(_checkout.Commit(), "Connections", "Loop");
        _checkout.Write("Lure.Core/Old/A.cs", Code.Replace("1", "2", StringComparison.Ordinal));
        Measured(_checkout.Commit(), "Old");
        Assert.That(Tried(out _), Is.Empty);

        _checkout.Write("Lure.Core/Old/B.cs", "");
        _checkout.Commit();
        Assert.That(Tried(out _).Single(), Does.StartWith("**/Old/A.cs{"));
    }

    private IReadOnlyList<string> Tried(out string what) =>
        Due.Of(_checkout.Root, s_roof).Patterns(_checkout.Root, TimeSpan.FromMinutes(6), out what);

    private void Measured(string commit, params string[] names)
    {
        Standing standing = Standing.Read(_checkout.Root);
        IReadOnlyList<Part> parts = s_roof.Split(_checkout.Root);
        foreach (string name in names)
        {
            Part part = parts.FirstOrDefault(part => part.Name == name) ?? new Part(name, []);
            standing.Set(s_roof, part, new Score(1, 0, 0, 0, 0), commit);
        }

        standing.Write(_checkout.Root);
    }
}
