using System;
using System.IO;
using System.Text;
using Lure.Linux.Configuration;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Paths and bytes that are no configuration.</summary>
[TestFixture]
internal sealed class FileErrorTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("lure").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void MissingFile()
    {
        string path = Path.Combine(_directory, "none.toml");

        Assert.That(
            Load(path),
            Is.EqualTo(
                $"{path}: error E001: cannot read the configuration: there is no such file; name it with -c; the default is /etc/lure/lure.toml\n"
            )
        );
    }

    [Test]
    public void MissingDirectory() =>
        Assert.That(
            Load(Path.Combine(_directory, "no", "such.toml")),
            Does.Contain("E001").And.Contain("no such file")
        );

    [Test]
    public void DirectoryInsteadOfAFile() =>
        Assert.That(Load(_directory), Does.Contain("E001").And.Contain("it is a directory"));

    [Test]
    public void FileInsteadOfADirectory() => Assert.That(Load(Write("a"u8) + "/b"), Does.Contain("E001"));

    [Test]
    public void EmptyPath() => Assert.That(Load(""), Does.Contain("E001").And.Contain("the path is empty"));

    [Test]
    public void EndlessFile() => Assert.That(Load("/dev/zero"), Does.Contain("E001").And.Contain("larger than 1 MiB"));

    [Test]
    public void LargestFile() => Assert.That(Load(Write(new byte[Limits.FileBytesMax])), Is.Empty);

    [Test]
    public void OneByteMore() => Assert.That(Load(Write(new byte[Limits.FileBytesMax + 1])), Does.Contain("E001"));

    [Test]
    public void Latin1IsShownWithItsLine()
    {
        string path = Write([.. "# ok\n# Gr"u8, 0xFC, .. "n\n"u8]);

        Assert.That(
            Load(path),
            Is.EqualTo(
                $"{path}:2:5: error E002: byte 0xfc is not UTF-8\n    2 | # Gr\ufffdn\n      |     ^  save the file in UTF-8\n"
            )
        );
    }

    [Test]
    public void Utf16IsNotUtf8() =>
        Assert.That(Load(Write([0xFF, 0xFE, (byte)'a', 0])), Does.Contain(":1:1: error E002: byte 0xff is not UTF-8"));

    [Test]
    public void AByteOrderMarkIsNotPartOfTheText()
    {
        var problems = new ProblemList();

        SourceText? source = ConfigurationFile.Load(Write([0xEF, 0xBB, 0xBF, .. "[log]"u8]), problems);

        Assert.That(source?.Text, Is.EqualTo("[log]"));
    }

    [Test]
    public void AfterAByteOrderMarkColumnsAreRight() =>
        Assert.That(Load(Write([0xEF, 0xBB, 0xBF, (byte)'a', 0xFC])), Does.Contain(":1:2: error E002"));

    private string Write(ReadOnlySpan<byte> content)
    {
        string path = Path.Combine(_directory, "lure.toml");
        File.WriteAllBytes(path, content);
        return path;
    }

    private static string Load(string path)
    {
        var problems = new ProblemList();
        ConfigurationFile.Load(path, problems);
        using var output = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        problems.WriteTo(output);
        return output.ToString();
    }
}
