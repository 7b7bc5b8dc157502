using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lure.Analyzers;

/// <summary>LURE0004: stack memory without a bound that can be read at the place.</summary>
internal static class StackRule
{
    private const string Id = "LURE0004";
    private const string Title = "Hot path takes too much stack";
    private const string Message = "The hot path takes {0} from the stack; {1}";

    private const string Description =
        "A stackalloc of a constant size within the bound costs nothing that matters; a larger one "
        + "touches pages and clears them at each run, and one in a loop is given back only when the method ends.";

    private const string Page = "docs/analyzers/LURE0004.md";

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

    private const string TakeAtStart = "take the memory at start, or a constant size below the bound";

    public static void Check(IOperation operation, HotBody body)
    {
        // A conversion around it has the same syntax.
        if (
            operation.Kind != OperationKind.None
            || operation.Syntax
                is not (StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax)
        )
        {
            return;
        }

        (ExpressionSyntax? length, InitializerExpressionSyntax? initializer) = operation.Syntax switch
        {
            StackAllocArrayCreationExpressionSyntax explicitly => (
                (explicitly.Type as ArrayTypeSyntax)?.RankSpecifiers.FirstOrDefault()?.Sizes.FirstOrDefault(),
                explicitly.Initializer
            ),
            ImplicitStackAllocArrayCreationExpressionSyntax implicitly => (null, implicitly.Initializer),
            _ => (null, null),
        };
        if (body.Region.IsInLoop)
        {
            body.Report(Descriptor, operation, "memory at each round of a loop", "move the stackalloc before the loop");
            return;
        }

        SemanticModel model = operation.SemanticModel!;
        long? count = CountOf(length, initializer, model);
        long? size = ElementOf(operation.Syntax, model) is { } element ? StackSize.Of(element) : null;
        if (count is null)
        {
            body.Report(Descriptor, operation, "an amount that is known only at run time", TakeAtStart);
        }
        else if (size is null)
        {
            body.Report(Descriptor, operation, "elements of unknown size", TakeAtStart);
        }
        else if (count * size > body.Project.StackBytesMax)
        {
            body.Report(
                Descriptor,
                operation,
                (count.Value * size.Value) + " bytes, more than the bound of " + body.Project.StackBytesMax,
                TakeAtStart
            );
        }
    }

    private static long? CountOf(
        ExpressionSyntax? length,
        InitializerExpressionSyntax? initializer,
        SemanticModel model
    )
    {
        if (initializer is not null)
        {
            return initializer.Expressions.Count;
        }

        return length is not null && model.GetConstantValue(length) is { HasValue: true, Value: int count }
            ? count
            : null;
    }

    private static ITypeSymbol? ElementOf(SyntaxNode syntax, SemanticModel model)
    {
        if (syntax is StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax array })
        {
            return model.GetTypeInfo(array.ElementType).Type;
        }

        return model.GetTypeInfo(syntax).Type switch
        {
            IPointerTypeSymbol pointer => pointer.PointedAtType,
            INamedTypeSymbol { TypeArguments.Length: 1 } span => span.TypeArguments[0],
            _ => null,
        };
    }
}
