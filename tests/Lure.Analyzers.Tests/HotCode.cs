using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Lure.Analyzers.Tests;

/// <summary>Runs the analyzer over a source whose flagged expressions stand between <c>[|</c> and <c>|]</c>.</summary>
internal static class HotCode
{
    /// <summary>
    /// Demands the flags at the marks, in order, and no others. A message starts with its id, or goes on from
    /// "The hot path allocates".
    /// </summary>
    public static Task Reports(string source, params string[] messages)
    {
        HotTest test = new() { TestCode = Number(Prelude.Types + source) };
        for (int i = 0; i < messages.Length; i++)
        {
            bool named = messages[i].StartsWith("LURE", System.StringComparison.Ordinal);
            (string id, string text) = named
                ? (messages[i][..8], messages[i][9..])
                : ("LURE0001", "The hot path allocates " + messages[i]);
            test.ExpectedDiagnostics.Add(
                new DiagnosticResult(id, DiagnosticSeverity.Error).WithLocation(i).WithMessage(text)
            );
        }

        return test.RunAsync();
    }

    /// <summary>Demands a flag for an object <c>Thing</c> at each mark, and no others.</summary>
    public static Task ReportsThings(string source, int count)
    {
        string[] messages = new string[count];
        System.Array.Fill(
            messages,
            "an object 'Thing'; make it a struct, or take it from a pool that is filled at start"
        );
        return Reports(source, messages);
    }

    // The testing library places a message by number, and can express none for a plain pair of brackets.
    private static string Number(string source)
    {
        StringBuilder numbered = new();
        int from = 0;
        for (int i = 0; ; i++)
        {
            int at = source.IndexOf("[|", from, System.StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            numbered.Append(source, from, at - from).Append("{|#").Append(i).Append(':');
            from = at + 2;
        }

        return numbered.Append(source, from, source.Length - from).Replace("|]", "|}").ToString();
    }

    private sealed class HotTest : CSharpAnalyzerTest<HotPathAnalyzer, DefaultVerifier>
    {
        public HotTest()
        {
            // Each would run every case once more, for what one test about generated code says.
            TestBehaviors = TestBehaviors.SkipGeneratedCodeCheck | TestBehaviors.SkipSuppressionCheck;
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(Prelude.FewReferences);
            foreach ((string name, string text) in Prelude.Attributes)
            {
                TestState.Sources.Add((name, text));
            }
        }

        protected override ParseOptions CreateParseOptions() => Prelude.ParseOptions;

        protected override CompilationOptions CreateCompilationOptions() => Prelude.CompilationOptions;
    }
}
