using System.Collections.Generic;

namespace Lure.Analyzers.Tests;

/// <summary>What allocates and what only looks like it.</summary>
internal static class Constructs
{
    private const string Pool = "make it a struct, or take it from a pool that is filled at start";
    private const string Span = "use a span over stackalloc, or memory that is taken at start";
    private const string Params = "call an overload without params, or one that takes params ReadOnlySpan<T>";
    private const string Pointer =
        "use a function pointer, a struct behind a constrained type parameter, or a delegate that is made at start";

    public static IEnumerable<Construct> Allocating =>
        [
            Each("Sink.Object = [|new Thing()|];", "an object 'Thing'; " + Pool),
            Each("Thing t = [|new()|]; Sink.Object = t;", "an object 'Thing'; " + Pool),
            Each("Sink.Object = [|new Thing { Number = n }|];", "an object 'Thing'; " + Pool),
            Each("Sink.Object = [|new List<int> { 1, 2 }|];", "an object 'List<int>'; " + Pool),
            Each("Sink.Object = [|new Holder { List = { 1 } }|];", "an object 'Holder'; " + Pool),
            Each("Sink.Object = [|new string('x', n + 2)|];", "an object 'string'; " + Pool),
            Each("Point p = new Point([|new Thing()|]); Sink.Int = p.X;", "an object 'Thing'; " + Pool),
            Each("Sink.Object = Sink.Null ?? [|new Thing()|];", "an object 'Thing'; " + Pool),
            Each("Sink.Object = ((dynamic)[|new Thing()|]);", "an object 'Thing'; " + Pool),
            Each(
                "dynamic d = Sink.Kept; Sink.Object = [|new Thing(d)|];",
                "LURE0007 The hot path binds an operation on dynamic at run time; give the operands their types"
            ),
            Each(
                "static T Make<T>() where T : new() => [|new T()|]; Sink.Object = Make<Thing>();",
                "an object wherever 'T' is a class; constrain the type parameter to struct, and write default(T)"
            ),
            Each(
                "static T Make<T>() where T : Thing, new() => [|new T()|]; Sink.Object = Make<Thing>();",
                "an object 'T'; " + Pool
            ),
            Each("Sink.Object = [|new { A = n }|];", "an anonymous object; use a tuple or a struct"),
            Each(
                "Sink.Object = [|Sink.Record with { A = n }|];",
                "a copy of a record class 'Record'; change the object in place, or make it a struct"
            ),
            Each("Sink.Object = [|new int[2]|];", "an array 'int[]'; " + Span),
            Each("Sink.Object = [|new int[0]|];", "an array 'int[]'; " + Span),
            Each("Sink.Object = [|new[] { n, 2 }|];", "an array 'int[]'; " + Span),
            Each("int[] a = [|{ n, 2 }|]; Sink.Object = a;", "an array 'int[]'; " + Span),
            Each("Sink.Object = [|new int[2, 2]|];", "an array 'int[,]'; " + Span),
            Each("Sink.Object = [|new int[2][]|];", "an array 'int[][]'; " + Span),
            Each("Span<int> s = [|new int[] { 1, 2 }|]; Sink.Int = s.Length;", "an array 'int[]'; " + Span),
            Each("ReadOnlySpan<int> s = [|new int[] { n, 2 }|]; Sink.Int = s.Length;", "an array 'int[]'; " + Span),
            Each("ReadOnlySpan<int> s = [|new int[2]|]; Sink.Int = s.Length;", "an array 'int[]'; " + Span),
            Each("fixed (byte* p = [|new byte[4]|]) { Sink.Int = *p; }", "an array 'byte[]'; " + Span),
            Each("Sink.Int = [|Sink.Count(n, 2)|];", "a params array 'int[]'; " + Params),
            Each("Sink.Int = [|Sink.Kept[n, 2]|];", "a params array 'int[]'; " + Params),
            Each("Sink.Int = [|Sink.CountList(1)|];", "a collection 'List<int>'; " + Span),
            Each("Sink.Int = [|Sink.CountList()|];", "a collection 'List<int>'; " + Span),
            Each("int[] a = [|[n, 2]|]; Sink.Object = a;", "a collection 'int[]'; " + Span),
            Each("List<int> a = [|[]|]; Sink.Object = a;", "a collection 'List<int>'; " + Span),
            Each("IEnumerable<int> a = [|[n]|]; Sink.Object = a;", "a collection 'IEnumerable<int>'; " + Span),
            Each("ICollection<int> a = [|[]|]; Sink.Object = a;", "a collection 'ICollection<int>'; " + Span),
            Each("IList<int> a = [|[]|]; Sink.Object = a;", "a collection 'IList<int>'; " + Span),
            Each(
                "ImmutableArray<int> a = [|[n, 2]|]; Sink.Int = a.Length;",
                "an array for a collection 'ImmutableArray<int>'; " + Span
            ),
            Each(
                "ReadOnlySpan<int> s = [|[n, .. Sink.Ints]|]; Sink.Int = s.Length;",
                "an array for the spread in a span 'ReadOnlySpan<int>'; copy the parts into a span of known length"
            ),
            Each(
                "Span<int> s = [|[.. Sink.Ints]|]; Sink.Int = s.Length;",
                "an array for the spread in a span 'Span<int>'; copy the parts into a span of known length"
            ),
            Each("Func<int> f = [|() => n|]; Sink.Object = f;", "a closure and its delegate 'Func<int>'; " + Pointer),
            Each("Sink.Run([|() => n|]);", "a closure and its delegate 'Func<int>'; " + Pointer),
            Each("Sink.Run([|delegate { return n; }|]);", "a closure and its delegate 'Func<int>'; " + Pointer),
            Each("int Local() => n; Sink.Run([|Local|]);", "a delegate 'Func<int>'; " + Pointer),
            Each(
                "int Local() => n; Sink.Run([|() => Local()|]);",
                "a closure and its delegate 'Func<int>'; " + Pointer
            ),
            Each("Sink.Run([|Sink.Kept.Get|]);", "a delegate 'Func<int>'; " + Pointer),
            Each("Sink.Object = [|new Func<int>(Sink.Kept.Get)|];", "a delegate 'Func<int>'; " + Pointer),
            Each(
                "Sink.Kept.Changed += [|Sink.Kept.OnChanged|]; Sink.Kept.Forget();",
                "a delegate 'Action'; " + Pointer
            ),
            Each(
                "Expression<Func<int>> e = [|() => n|]; Sink.Object = e;",
                "an expression tree 'Expression<Func<int>>'; build it at start"
            ),
            First("Sink.Run([|static () => 1|]);", "a delegate 'Func<int>' at its first run; " + Pointer),
            First("Sink.Run([|Sink.One|]);", "a delegate 'Func<int>' at its first run; " + Pointer),
        ];

    public static IEnumerable<Construct> Innocent =>
        [
            Never("Point p = new Point(1); Sink.Int = p.X;"),
            Never("Point p = new() { X = n }; Sink.Int = p.X;"),
            Never("Sink.Int = new Pair(1, 2) is { A: 1 } ? 1 : 0;"),
            Never("Pair p = Sink.Pair with { A = n }; Sink.Int = p.A;"),
            Never("int? x = new int?(n); Sink.Int = x.Value;"),
            Never("var t = (A: n, B: Sink.Kept); Sink.Int = t.A;"),
            Never("Span<int> s = stackalloc int[4]; Sink.Int = s.Length;"),
            Never("Span<int> s = stackalloc[] { n, 2 }; Sink.Int = s.Length;"),
            Never("int* s = stackalloc int[4]; Sink.Int = s[0];"),
            Never("ReadOnlySpan<byte> s = new byte[] { 1, 2 }; Sink.Int = s.Length;"),
            Never("ReadOnlySpan<int> s = new[] { 1, 2 }; Sink.Int = s.Length;"),
            Never("Sink.Int = new ReadOnlySpan<byte>(new byte[] { 1, 2 }).Length;"),
            Never("ReadOnlySpan<byte> s = \"text\"u8; Sink.Int = s.Length;"),
            Never("ReadOnlySpan<int> s = [1, 2]; Sink.Int = s.Length;"),
            Never("ReadOnlySpan<int> s = [n, 2]; Sink.Int = s.Length;"),
            Never("Span<int> s = [n, 2]; Sink.Int = s.Length;"),
            Never("ReadOnlySpan<Thing> s = [Sink.Kept, Sink.Kept]; Sink.Int = s.Length;"),
            Never("int[] a = []; Sink.Object = a;"),
            Never("IEnumerable<int> a = []; Sink.Object = a;"),
            Never("IReadOnlyList<int> a = []; Sink.Object = a;"),
            Never("ImmutableArray<int> a = []; Sink.Int = a.Length;"),
            Never("Sink.Int = Sink.Count();"),
            Never("Sink.Int = Sink.Count(Sink.Ints);"),
            Never("Sink.Int = Sink.CountSpan(n, 2);"),
            Never("int Local(int m) => n + m; Sink.Int = Local(1);"),
            Never("delegate*<int> f = &Sink.One; Sink.Int = f();"),
            Never("Sink.Int = Sink.Text.Length + nameof(Thing).Length;"),
            Never("Index i = ^1; Range r = 1..2; Sink.Int = Sink.Ints[i] + r.End.Value;"),
            Never("[Note(typeof(Thing), new[] { 1, 2 })] static int Noted() => 1; Sink.Int = Noted();"),
        ];

    private static Construct Each(string code, string message) => new(code, Cost.EachRun, message);

    private static Construct First(string code, string message) => new(code, Cost.FirstRun, message);

    private static Construct Never(string code) => new(code, Cost.Never);
}
