using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lure.Analyzers.Tests;

/// <summary>What the code under test stands on: references, the attributes, and a few types.</summary>
internal static class Prelude
{
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Diagnostics.CodeAnalysis;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Runtime.CompilerServices;
        using Lure.Analyzers;

        """;

    public const string Types =
        Usings
        + """
            public class Thing
            {
                [ColdPath("a stage for the tests", 1000)] public Thing() { }
                [ColdPath("a stage for the tests", 1000)] public Thing(Thing other) { }
                public int Number;
                public object Tag { get; set; }
                public event Action Changed;
                [ColdPath("a stage for the tests", 1000)] public void Forget() => Changed = null;
                [ColdPath("a stage for the tests", 1000)] public void OnChanged() { }
                [ColdPath("a stage for the tests", 1000)] public int Get() => 1;
                [ColdPath("a stage for the tests", 1000)] public int this[params int[] at] => at.Length;
            }
            public struct PlainStruct { public int X, Y; }
            public class Holder { public List<int> List = Sink.List; }
            public struct Point
            {
                [ColdPath("a stage for the tests", 1000)] public Point(int x) { X = x; }
                [ColdPath("a stage for the tests", 1000)] public Point(Thing t) { X = 1; }
                public int X;
            }
            public record Record(int A);
            [method: ColdPath("a stage for the tests", 1000)] public record struct Pair(int A, int B);
            public sealed class NoteAttribute(Type type, int[] numbers) : Attribute;
            public static class Sink
            {
                public static object Object, Null, Boxed, BoxedTuple, True;
                public static int Int;
                public static string Text, Padded;
                public const string Empty = "", Blank = "  ";
                public static Thing Kept;
                public static Record Record;
                public static List<int> List, OneInt;
                public static int[] Ints;
                public static Pair Pair;
                public static PlainStruct Plain;
                public static object[] Objects;
                [HotPath] public static void Nothing() { }
                public static void NothingElse() { }
                public static Action Kept2, Kept3;
                public static ImmutableArray<int> Four;
                public static string[] Texts;
                // An initialiser would run at the first access, in the hot path.
                [ModuleInitializer]
                internal static void Fill()
                {
                    (Boxed, BoxedTuple, True) = (5, (1, 2), true);
                    (Text, Padded, Texts) = ("text", " text ", ["a", "b"]);
                    (Kept, Record, List, OneInt) = (new(), new(1), new(4096), [1]);
                    (Ints, Objects, Four) = ([1, 2, 3], new object[4], [1, 2, 3, 4]);
                    Kept2 = Nothing;
                    Kept3 = Kept2 + NothingElse + Nothing;
                }
                [HotPath] public static int CountObjects(params object[] all) => all.Length;
                [HotPath] public static int CountObjectSpan(params ReadOnlySpan<object> all) => all.Length;
                [HotPath] public static int One() => 1;
                [HotPath] public static int Count(params int[] numbers) => numbers.Length;
                [HotPath] public static int CountSpan(params ReadOnlySpan<int> numbers) => numbers.Length;
                [ColdPath("a stage for the tests", 1000)] public static int CountList(params List<int> numbers) => numbers.Count;
                [ColdPath("a stage for the tests", 1000)] public static void Run(Func<int> f) => Int = f();
            }

            """;

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14);

    public static CSharpCompilationOptions CompilationOptions { get; } =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release);

    /// <summary>The runtime that runs the tests is also what they compile against: nothing is downloaded.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path =>
                Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location)
            )
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>What <see cref="Types"/> needs and no more: each case binds its references anew.</summary>
    public static IReadOnlyList<MetadataReference> FewReferences { get; } =
    [
        .. References.Where(static reference =>
            Path.GetFileNameWithoutExtension(reference.Display)
                is "System.Private.CoreLib"
                    or "System.Runtime"
                    or "System.Collections"
                    or "System.Collections.Immutable"
                    or "System.Linq"
                    or "System.Linq.Expressions"
                    or "System.Memory"
                    or "Microsoft.CSharp"
        ),
    ];

    public static IReadOnlyList<(string Name, string Text)> Attributes { get; } =
    [.. new[] { "HotPathAttribute.cs", "ColdPathAttribute.cs" }.Select(static name => (name, Read(name)))];

    public static SyntaxTree Parse(string code, string path = "") =>
        CSharpSyntaxTree.ParseText(code, ParseOptions, path);

    public static CSharpCompilation Compile(string name, IEnumerable<SyntaxTree> trees) =>
        CSharpCompilation.Create(
            name,
            [.. trees, .. Attributes.Select(static file => Parse(file.Text, file.Name))],
            References,
            CompilationOptions
        );

    private static string Read(string name)
    {
        using Stream stream = typeof(Prelude).Assembly.GetManifestResourceStream("Attributes/" + name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
