using System;
using System.IO;

namespace Lure.Mutation.Tests;

/// <summary>A folder with some files, gone at the end of the test.</summary>
internal sealed class TemporaryCheckout : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("lure-mutation-").FullName;

    /// <summary>One in which no score stands, and where two roofs have a file: core is left to the test.</summary>
    public static TemporaryCheckout WithoutCore()
    {
        TemporaryCheckout checkout = new();
        checkout.Write("mutation/scores.txt", "");
        checkout.Write("Lure.Sim/Sockets/X.cs", "\n");
        checkout.Write("Lure.Analyzers/X.cs", "\n");
        return checkout;
    }

    public string Write(string file, string text)
    {
        string path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Commits all that is there.</summary>
    /// <returns>The commit.</returns>
    public string Commit()
    {
        Run("init", "--quiet");
        Run("add", "--all");
        Run("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "--message", "t");
        return Git.Head(Root);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Run(params string[] arguments)
    {
        (int status, string output) = Command.Run(Root, "git", arguments);
        if (status != 0)
        {
            throw new InvalidOperationException(output);
        }
    }
}
