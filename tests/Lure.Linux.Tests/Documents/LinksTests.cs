using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Linux.Tests.Documents;

/// <summary>What the documents point at exists: files, headings, and the names of the code that they link to.</summary>
[TestFixture]
internal sealed partial class LinksTests
{
    private static readonly string s_root = Checkout.Root;

    [TestCaseSource(nameof(Documents))]
    public void EveryLinkLeadsSomewhere(string document)
    {
        string text = File.ReadAllText(Path.Combine(s_root, document));
        string folder = Path.GetDirectoryName(Path.Combine(s_root, document))!;

        string[] broken =
        [
            .. Link()
                .Matches(Fence().Replace(text, ""))
                .Where(link => !link.Groups["target"].Value.Contains("://", StringComparison.Ordinal))
                .Where(link => !Leads(folder, document, link))
                .Select(link => link.Value),
        ];

        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void ThereAreDocuments() => Assert.That(Documents().ToArray(), Does.Contain("docs/follow-one-byte.md"));

    private static bool Leads(string folder, string document, Match link)
    {
        string[] target = link.Groups["target"].Value.Split('#');
        string path = target[0].Length == 0 ? Path.Combine(s_root, document) : Path.Combine(folder, target[0]);
        if (!File.Exists(path))
        {
            return target.Length == 1 && Directory.Exists(path);
        }

        string text = File.ReadAllText(path);
        string name = link.Groups["name"].Value;
        bool isCode = path.EndsWith(".cs", StringComparison.Ordinal) && name.Length > 0;
        return target.Length == 2
            ? Headings(text).Contains(target[1])
            : !isCode || name == Path.GetFileName(path) || Regex.IsMatch(text, $@"\b{Regex.Escape(name)}\b");
    }

    /// <summary>The anchors that a renderer makes of headings: lower case, hyphens for spaces, no punctuation.</summary>
    private static IEnumerable<string> Headings(string text) =>
        Heading()
            .Matches(Fence().Replace(text, ""))
            .Select(heading => Punctuation().Replace(heading.Groups[1].Value, "").Replace(' ', '-'))
            .Select(anchor => string.Concat(anchor.Select(char.ToLowerInvariant)));

    private static IEnumerable<string> Documents()
    {
        IEnumerable<string> folders = Directory
            .EnumerateDirectories(s_root)
            .Where(folder => Path.GetFileName(folder) is "docs" or "mutation" or "packaging" or "tests");
        return folders
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(s_root, "*.md"))
            .Select(file => Path.GetRelativePath(s_root, file))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>A link; its text in <c>name</c> when that is one name in backticks.</summary>
    [GeneratedRegex(@"\[(`(?<name>[\w.]+)`|[^\]]*)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
