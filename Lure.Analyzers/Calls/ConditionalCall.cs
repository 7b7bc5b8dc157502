using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>Calls of [Conditional] methods, which the compiler leaves out with their arguments.</summary>
internal static class ConditionalCall
{
    public static bool IsLeftOut(IInvocationOperation call)
    {
        bool isConditional = false;
        for (IMethodSymbol? method = call.TargetMethod; method is not null; method = method.OverriddenMethod)
        {
            foreach (AttributeData attribute in method.GetAttributes())
            {
                if (
                    attribute.AttributeClass
                        is {
                            MetadataName: "ConditionalAttribute",
                            ContainingNamespace: { Name: "Diagnostics", ContainingNamespace.Name: "System" }
                        }
                    && attribute.ConstructorArguments.FirstOrDefault().Value is string symbol
                )
                {
                    if (IsDefined(symbol, call.Syntax))
                    {
                        return false;
                    }

                    isConditional = true;
                }
            }
        }

        return isConditional;
    }

    // A #define in the file counts as well as one from the project; one that is undone does not.
    private static bool IsDefined(string symbol, SyntaxNode at)
    {
        bool defined = at.SyntaxTree.Options.PreprocessorSymbolNames.Contains(symbol);
        if (at.SyntaxTree.GetRoot() is not CompilationUnitSyntax root)
        {
            return defined;
        }

        for (DirectiveTriviaSyntax? directive = root.GetFirstDirective(); directive is not null; )
        {
            defined = directive switch
            {
                DefineDirectiveTriviaSyntax define when define.IsActive && define.Name.Text == symbol => true,
                UndefDirectiveTriviaSyntax undef when undef.IsActive && undef.Name.Text == symbol => false,
                _ => defined,
            };
            directive = directive.GetNextDirective();
        }

        return defined;
    }
}
