using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Lure.Analyzers;

/// <summary>LURE0001: a local array of unmanaged elements becomes a span over the stack.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class StackSpanFix : CodeFixProvider
{
    private const string Title = "Use a span over stackalloc";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LURE0001"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context
            .Document.GetSemanticModelAsync(context.CancellationToken)
            .ConfigureAwait(false);
        if (
            root?.FindNode(context.Span, getInnermostNodeForTie: true) is not ExpressionSyntax created
            || model is null
            || created.Parent
                is not EqualsValueClauseSyntax
                {
                    Parent: VariableDeclaratorSyntax
                    {
                        Parent: VariableDeclarationSyntax
                        {
                            Variables.Count: 1,
                            Parent: LocalDeclarationStatementSyntax
                        } local
                    }
                }
            || model.GetTypeInfo(created, context.CancellationToken).Type
                is not IArrayTypeSymbol { IsSZArray: true, ElementType: { IsUnmanagedType: true } element }
            || OnStack(created, element.ToMinimalDisplayString(model, created.SpanStart)) is not { } stack
        )
        {
            return;
        }

        Document document = context.Document;
        TypeSyntax span = SyntaxFactory
            .ParseTypeName("System.Span<" + element.ToMinimalDisplayString(model, created.SpanStart) + ">")
            .WithTriviaFrom(local.Type)
            .WithAdditionalAnnotations(Simplifier.Annotation);
        VariableDeclarationSyntax changed = local
            .ReplaceNode(created, stack)
            .WithType(span)
            .WithAdditionalAnnotations(Formatter.Annotation);
        context.RegisterCodeFix(
            CodeAction.Create(
                Title,
                _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(local, changed))),
                Title
            ),
            context.Diagnostics
        );
    }

    private static ExpressionSyntax? OnStack(ExpressionSyntax created, string element) =>
        created switch
        {
            ArrayCreationExpressionSyntax { Initializer: { } values } => Values(values, element),
            ArrayCreationExpressionSyntax array when array.Type.RankSpecifiers.Count == 1 =>
                SyntaxFactory.ParseExpression(
                    "stackalloc " + element + "[" + array.Type.RankSpecifiers[0].Sizes.FirstOrDefault() + "]"
                ),
            ImplicitArrayCreationExpressionSyntax { Initializer: var values } => Values(values, element),
            _ => null,
        };

    private static ExpressionSyntax Values(InitializerExpressionSyntax values, string element) =>
        SyntaxFactory.ParseExpression("stackalloc " + element + "[] " + values);
}
