using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Lure.Linux.Commands;
using Lure.Linux.Configuration;
using Lure.Linux.Tests.Configuration;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Linux.Tests.Commands;

/// <summary>docs/configuration.md knows every id, flag and word, and its example is right.</summary>
[TestFixture]
internal sealed class DocumentationTests
{
    private static readonly string s_text = File.ReadAllText(Checkout.PathOf("docs", "configuration.md"));

    [TestCaseSource(nameof(Ids))]
    public void KnowsTheError(string id) => Assert.That(s_text, Does.Contain($"| {id} |"));

    [Test]
    public void KnowsEveryFlag() =>
        Assert.That(
            new SettingFlags().All.Select(flag => flag.Name),
            Has.All.Matches<string>(flag => s_text.Contains($"`{flag}`", StringComparison.Ordinal))
        );

    [Test]
    public void KnowsEveryWord()
    {
        string[] words =
        [
            .. Words.Balance.Words,
            .. Words.Batch.Words,
            .. Words.Steering.Words,
            .. Words.LogTarget.Words,
            .. Words.LogFormat.Words,
        ];

        Assert.That(words, Has.All.Matches<string>(word => s_text.Contains($"`{word}`", StringComparison.Ordinal)));
    }

    [Test]
    public void ItsExamplesAreRight()
    {
        string[] examples = [.. s_text.Split("```toml\n").Skip(1).Select(part => part.Split("```")[0])];

        Assert.Multiple(() =>
        {
            Assert.That(examples, Is.Not.Empty);
            foreach (string example in examples)
            {
                Assert.That(CheckedFile.Output(example), Is.EqualTo("ok"), example);
            }
        });
    }

    private static IEnumerable<string> Ids() =>
        typeof(ErrorId)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!);
}
