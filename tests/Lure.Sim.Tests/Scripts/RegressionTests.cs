using System;
using System.Collections.Generic;
using System.IO;
using Lure.Sim.Scripts;
using NUnit.Framework;

namespace Lure.Sim.Tests.Scripts;

/// <summary>What broke other relays once, as scripts: one file each, its first lines say what and where it was found.</summary>
[Category("Corpus")]
public sealed class RegressionTests
{
    private static string Folder => Path.Combine(TestContext.CurrentContext.TestDirectory, "Scripts");

    public static IEnumerable<string> Names()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Scripts");
        foreach (string file in Directory.EnumerateFiles(folder, "*.lure"))
        {
            yield return Path.GetFileNameWithoutExtension(file);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void DoesNotHappenAgain(string name)
    {
        string file = name + ".lure";
        Script script = Script.Parse(File.ReadAllText(Path.Combine(Folder, file)), file);
        ScriptResult result = Impatient.Play(script);

        Assert.That(result.Message, Is.Null);
        Assert.That(script.Comments, Is.Not.Empty, "what broke, and where");
        Assert.That(script.Ends, Is.Not.Empty, "what has to come of it");
    }
}
