using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>What patterns call.</summary>
internal static class PatternCalls
{
    public static void Check(IOperation operation, HotBody body)
    {
        switch (operation)
        {
            case IRecursivePatternOperation { DeconstructSymbol: IMethodSymbol method } pattern:
                body.Judge(new HotCall(method, pattern, pattern.MatchedType));
                break;
            case IRecursivePatternOperation { DeconstructSymbol: not null } pattern:
                body.Report(
                    BoxingRule.Descriptor,
                    pattern,
                    "each element that ITuple hands out",
                    "match a type that has a Deconstruct of its own"
                );
                break;
            case IListPatternOperation pattern:
                Judge(pattern.LengthSymbol, pattern, pattern.NarrowedType, body);
                Judge(pattern.IndexerSymbol, pattern, pattern.NarrowedType, body);
                break;
            case ISlicePatternOperation { Pattern: not null } pattern:
                Judge(pattern.SliceSymbol, pattern, pattern.InputType, body);
                break;
        }
    }

    private static void Judge(ISymbol? symbol, IOperation site, ITypeSymbol receiver, HotBody body)
    {
        IMethodSymbol? method = symbol switch
        {
            IPropertySymbol property => property.GetMethod,
            IMethodSymbol called => called,
            _ => null,
        };
        if (method is not null)
        {
            body.Judge(new HotCall(method, site, receiver, isRepeated: site is IListPatternOperation));
        }
    }
}
