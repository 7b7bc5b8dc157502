using Microsoft.CodeAnalysis;

namespace Lure.Analyzers;

/// <summary>A call in a hot path, whatever syntax it hides behind.</summary>
internal readonly struct HotCall(
    IMethodSymbol target,
    IOperation site,
    ITypeSymbol? receiver = null,
    bool isBase = false,
    Location? place = null,
    bool isRepeated = false
)
{
    /// <summary>The method as it was bound, with its type arguments.</summary>
    public IMethodSymbol Target { get; } =
        target.ReducedFrom is { } extension ? Constructed(target, extension) : target;

    public IOperation Site { get; } = site;

    /// <summary>The type of the instance, or the type argument that a static interface member is called on.</summary>
    public ITypeSymbol? Receiver { get; } = receiver;

    /// <summary>Called as <c>base.M()</c>, so not through the virtual table.</summary>
    public bool IsBase { get; } = isBase;

    /// <summary>One run of the site may make it more than once.</summary>
    public bool IsRepeated { get; } = isRepeated;

    /// <summary>Where it is reported.</summary>
    public Location Place { get; } = place ?? site.Syntax.GetLocation();

    /// <summary>The receiver is a struct, or a type parameter that may stand for one.</summary>
    public bool MayBeOnValue => Receiver is not null && Boxing.MayBeValue(Receiver);

    /// <summary>The receiver is known to be a struct, so that the call is bound at compile time.</summary>
    public bool IsOnValue => Receiver is { IsValueType: true };

    /// <summary>What runs may be a member that implements or overrides the target.</summary>
    public bool IsDispatched =>
        (Target.IsVirtual || Target.IsAbstract || (Target.IsOverride && !Target.IsSealed))
        && !IsBase
        && !Target.ContainingType.IsSealed
        && Receiver is not { IsSealed: true };

    private static IMethodSymbol Constructed(IMethodSymbol reduced, IMethodSymbol extension) =>
        extension.IsGenericMethod ? extension.Construct([.. reduced.TypeArguments]) : extension;
}
