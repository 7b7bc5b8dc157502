using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Lure.Core.Kernel;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Core.Tests.Documents;

/// <summary>docs/simulation.md names the test that explains each odd branch; that test is there, and asserts the mark.</summary>
[TestFixture]
[Category("Long")]
internal sealed class MarksDocumentTests
{
    private static readonly string[] s_lines = File.ReadAllLines(Checkout.PathOf("docs", "simulation.md"));

    private static IEnumerable<MarkId> Marks => Enum.GetValues<MarkId>();

    [Test]
    public void Every_mark_is_listed_once() =>
        Assert.That(
            Marks.Select(mark => s_lines.Count(line => line.StartsWith(Row(mark), StringComparison.Ordinal))),
            Is.All.EqualTo(1)
        );

    [TestCaseSource(nameof(Marks))]
    public void Its_test_asserts_it(MarkId mark)
    {
        string cell = s_lines
            .Single(line => line.StartsWith(Row(mark), StringComparison.Ordinal))[Row(mark).Length..]
            .Trim(' ', '|');
        string[] name = cell.Split('.');
        Type? fixture = typeof(MarksDocumentTests).Assembly.GetTypes().SingleOrDefault(type => type.Name == name[0]);
        MethodInfo? method = fixture?.GetMethod(name[1]);

        Assert.That(method, Is.Not.Null, cell);
        string[] source = File.ReadAllLines(Checkout.PathOf("tests", "Lure.Core.Tests", "Loop", $"{name[0]}.cs"));
        IEnumerable<string> body = source
            .SkipWhile(line => !line.Contains($" {name[1]}(", StringComparison.Ordinal))
            .TakeWhile(line => line != "    }");
        Assert.That(body, Has.Some.Contains($"Marked(MarkId.{mark})").And.Some.Contains("Assert."));
    }

    private static string Row(MarkId mark) => $"| {mark} | ";
}
