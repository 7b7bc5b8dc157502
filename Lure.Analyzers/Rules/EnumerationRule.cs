using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0005: a foreach that needs an object to know where it is.</summary>
internal static class EnumerationRule
{
    private const string Id = "LURE0005";
    private const string Title = "Hot path enumerates through an object";
    private const string Message =
        "The hot path enumerates {0} through the object {1}; use for with an index, or a span, or an enumerator that is a struct";

    private const string Description =
        "foreach over an array, a string or a span is a loop with an index. Over anything else it calls "
        + "GetEnumerator, and what that returns is an object unless its type is a struct.";

    private const string Page = "docs/analyzers/LURE0005.md";

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        Title,
        Message,
        RuleTags.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: RuleTags.AlwaysOn,
        Description,
        Page,
        customTags: RuleTags.NoWayAround
    );

    public static void Check(IOperation operation, HotBody body)
    {
        if (operation is not IForEachLoopOperation { IsAsynchronous: false } loop || InfoOf(loop) is not { } info)
        {
            return;
        }

        ITypeSymbol? collection = CollectionOf(loop);
        Conversion(info, loop, body);
        if (
            collection is null or IArrayTypeSymbol or IDynamicTypeSymbol or { SpecialType: SpecialType.System_String }
            || info.GetEnumeratorMethod is not { } start
        )
        {
            return;
        }

        ITypeSymbol enumerator = start.ReturnType;
        Location place = loop.Collection.Syntax.GetLocation();
        if (enumerator is not { IsValueType: true })
        {
            body.Report(Descriptor, place, Words.Name(collection), Words.Name(enumerator));
            return;
        }

        Judge(start, collection, loop, place, isRepeated: false, body);
        Judge(info.MoveNextMethod, enumerator, loop, place, isRepeated: true, body);
        Judge(info.CurrentProperty?.GetMethod, enumerator, loop, place, isRepeated: true, body);
        Judge(info.DisposeMethod, enumerator, loop, place, isRepeated: false, body);
    }

    /// <summary>What the compiler has bound for a foreach.</summary>
    public static ForEachStatementInfo? InfoOf(IForEachLoopOperation loop) =>
        loop is { Syntax: CommonForEachStatementSyntax syntax, SemanticModel: { } model }
            ? model.GetForEachStatementInfo(syntax)
            : null;

    private static ITypeSymbol? CollectionOf(IForEachLoopOperation loop) =>
        loop.Syntax is CommonForEachStatementSyntax syntax
            ? loop.SemanticModel!.GetTypeInfo(syntax.Expression).Type
            : null;

    private static void Conversion(ForEachStatementInfo info, IForEachLoopOperation loop, HotBody body)
    {
        if (info.ElementConversion is { IsUserDefined: true, MethodSymbol: { } conversion })
        {
            body.Judge(
                new HotCall(conversion, loop, place: loop.LoopControlVariable.Syntax.GetLocation(), isRepeated: true)
            );
        }
    }

    // A member of an interface is called on the struct itself, so its own member is what runs.
    private static void Judge(
        IMethodSymbol? method,
        ITypeSymbol receiver,
        IOperation site,
        Location place,
        bool isRepeated,
        HotBody body
    )
    {
        if (method is null)
        {
            return;
        }

        if (receiver is INamedTypeSymbol { IsValueType: true })
        {
            method = receiver.FindImplementationForInterfaceMember(method) as IMethodSymbol ?? method;
        }

        body.Judge(new HotCall(method, site, receiver, place: place, isRepeated: isRepeated));
    }
}
