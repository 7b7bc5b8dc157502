using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Lure.Analyzers;

/// <summary>LURE0011 and LURE0012: marks the callee or the implementation [HotPath].</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MarkHotFix : CodeFixProvider
{
    private const string Title = "Mark it [HotPath]";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LURE0011", "LURE0012"];

    // Marks of several callers may fall on one callee: one at a time.
    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context
            .Document.GetSemanticModelAsync(context.CancellationToken)
            .ConfigureAwait(false);
        if (root is null || model is null)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (DeclarationOf(node, diagnostic.Id, model, context.CancellationToken) is { } declaration)
            {
                Solution solution = context.Document.Project.Solution;
                context.RegisterCodeFix(
                    CodeAction.Create(Title, cancel => MarkAsync(solution, declaration, cancel), Title),
                    diagnostic
                );
            }
        }
    }

    private static MemberDeclarationSyntax? DeclarationOf(
        SyntaxNode node,
        string id,
        SemanticModel model,
        CancellationToken cancellation
    )
    {
        if (id == "LURE0012")
        {
            return Markable(node);
        }

        ISymbol? callee = model.GetSymbolInfo(node, cancellation).Symbol;
        return Markable(callee?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation));
    }

    // A type would be marked as a whole; that is for its author to decide.
    private static MemberDeclarationSyntax? Markable(SyntaxNode? node) =>
        node?.FirstAncestorOrSelf<MemberDeclarationSyntax>()
            is BaseMethodDeclarationSyntax
                or BasePropertyDeclarationSyntax
            ? node.FirstAncestorOrSelf<MemberDeclarationSyntax>()
            : null;

    private static async Task<Solution> MarkAsync(
        Solution solution,
        MemberDeclarationSyntax declaration,
        CancellationToken cancellation
    )
    {
        if (
            solution.GetDocument(declaration.SyntaxTree) is not { } document
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
        )
        {
            return solution;
        }

        AttributeSyntax attribute = SyntaxFactory
            .Attribute(SyntaxFactory.ParseName("Lure.Analyzers.HotPath"))
            .WithAdditionalAnnotations(Simplifier.Annotation);
        SyntaxTriviaList indent = declaration.GetLeadingTrivia();
        AttributeListSyntax list = SyntaxFactory
            .AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(indent)
            .WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
        SyntaxTrivia[] last =
        [
            .. indent.Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)),
        ];
        MemberDeclarationSyntax rest = declaration.WithLeadingTrivia(last);
        MemberDeclarationSyntax marked = rest.WithAttributeLists(rest.AttributeLists.Insert(0, list));
        return solution.WithDocumentSyntaxRoot(document.Id, root.ReplaceNode(declaration, marked));
    }
}
