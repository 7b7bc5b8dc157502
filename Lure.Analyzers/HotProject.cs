using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lure.Analyzers;

/// <summary>What all hot bodies of one compilation share.</summary>
internal sealed class HotProject
{
    /// <summary>An analyzer option: the bytes that one stackalloc may take.</summary>
    internal const string StackBytesOption = "lure_stackalloc_max_bytes";

    private const int DefaultStackBytes = 1024;

    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentDictionary<ISymbol, Callee?> _refused = new(SymbolEqualityComparer.Default);

    public HotProject(
        CSharpCompilation compilation,
        Temperature temperature,
        AllowList allowed,
        AnalyzerConfigOptions options
    )
    {
        Compilation = compilation;
        Temperature = temperature;
        Allowed = allowed;
        HasInlineArrays =
            compilation.GetTypeByMetadataName("System.Runtime.CompilerServices.InlineArrayAttribute") is not null;
        HasSpanData =
            compilation
                .GetTypeByMetadataName("System.Runtime.CompilerServices.RuntimeHelpers")
                ?.GetMembers("CreateSpan")
                .IsEmpty == false;
        StackBytesMax =
            options.TryGetValue(StackBytesOption, out string? text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bytes)
                ? bytes
                : DefaultStackBytes;
    }

    public CSharpCompilation Compilation { get; }

    /// <summary>Who calls whom, for <see cref="DoorCountRule"/>.</summary>
    public CallGraph Calls { get; } = new();

    /// <summary>By type, the first static whose initialiser hot code may not run; see <see cref="StaticInitialisers"/>.</summary>
    public ConcurrentDictionary<ISymbol, string?> Initialisers { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>For code outside of the body that is judged. One is made for each tree that is asked for, once.</summary>
    public SemanticModel ModelOf(SyntaxTree tree) => _models.GetOrAdd(tree, one => Compilation.GetSemanticModel(one));

    public Temperature Temperature { get; }

    public AllowList Allowed { get; }

    /// <summary>Collection expressions for spans live in the frame; without inline arrays they are arrays.</summary>
    public bool HasInlineArrays { get; }

    /// <summary>Constants wider than a byte can be read from the image.</summary>
    public bool HasSpanData { get; }

    public int StackBytesMax { get; }

    /// <summary>Null when a hot path may call the method, otherwise why not.</summary>
    public Callee? Refusal(IMethodSymbol method)
    {
        if (_refused.TryGetValue(method, out Callee? known))
        {
            return known;
        }

        Callee? refusal = Callee.Judge(method, this);
        _refused.TryAdd(method, refusal);
        return refusal;
    }
}
