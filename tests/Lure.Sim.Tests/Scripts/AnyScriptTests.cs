using System.IO;
using System.Linq;
using CsCheck;
using Lure.Sim.Scripts;
using NUnit.Framework;

namespace Lure.Sim.Tests.Scripts;

/// <summary>Whatever stands in a script, it is played as it reads, or its fault is told with its place.</summary>
[TestFixture]
[Category("Long")]
public sealed class AnyScriptTests
{
    private static readonly string[] s_scripts =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(System.AppContext.BaseDirectory, "Scripts"), "*.lure")
            .Order()
            .Select(File.ReadAllText),
    ];

    private static readonly Gen<string> Junk = Gen.String[Gen.Char["0123456789csACEFGIKNOPQRSTWx=,.@+- \n#!:"], 0, 6];

    [Test]
    public void What_can_be_read_is_printed_as_it_reads() =>
        Gen.Select(
                Gen.Int[0, s_scripts.Length - 1].Select(i => s_scripts[i]),
                Gen.Select(Gen.Int[0, 400], Gen.Int[0, 3], Junk).Array[0, 3]
            )
            .Sample(
                (text, slips) =>
                {
                    Script? script = Read(slips.Aggregate(text, Slip));
                    if (script is not null)
                    {
                        string printed = script.ToText();
                        Assert.That(Script.Parse(printed, "printed").ToText(), Is.EqualTo(printed));
                    }
                },
                iter: 500
            );

    private static Script? Read(string text)
    {
        try
        {
            return Script.Parse(text, "any");
        }
        catch (ScriptException fault)
        {
            Assert.That(fault.Message, Does.Match(@"\d+:\d+: "));
            return null;
        }
    }

    private static string Slip(string text, (int At, int Length, string Put) slip)
    {
        int at = slip.At % text.Length;
        int length = int.Min(slip.Length, text.Length - at);
        return text.Remove(at, length).Insert(at, slip.Put);
    }
}
