using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Lure.Analyzers;

/// <summary>LURE0005: a loop with an index instead of a foreach, over what has an index.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ForLoopFix : CodeFixProvider
{
    private const string Title = "Loop with an index";

    private static readonly string[] s_counts = ["Count", "Length"];
    private static readonly string[] s_names = ["i", "j", "k", "index"];

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LURE0005"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context
            .Document.GetSemanticModelAsync(context.CancellationToken)
            .ConfigureAwait(false);
        if (
            root?.FindNode(context.Span).FirstAncestorOrSelf<ForEachStatementSyntax>() is not { } loop
            || model is null
            // Anything else would be evaluated at each round.
            || loop.Expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax)
            || model.GetTypeInfo(loop.Expression, context.CancellationToken).Type is not { } type
            || CountOf(type) is not { } count
        )
        {
            return;
        }

        Document document = context.Document;
        string index = FreeName(loop, model);
        context.RegisterCodeFix(
            CodeAction.Create(
                Title,
                _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(loop, Rewrite(loop, index, count)))),
                Title
            ),
            context.Diagnostics
        );
    }

    private static ForStatementSyntax Rewrite(ForEachStatementSyntax loop, string index, string count)
    {
        StatementSyntax element = SyntaxFactory.ParseStatement(
            loop.Type + " " + loop.Identifier.Text + " = " + loop.Expression + "[" + index + "];\n"
        );
        SyntaxList<StatementSyntax> body = loop.Statement is BlockSyntax block
            ? block.Statements.Insert(0, element)
            : SyntaxFactory.List([element, loop.Statement]);
        ForStatementSyntax head = (ForStatementSyntax)
            SyntaxFactory.ParseStatement(
                "for (int "
                    + index
                    + " = 0; "
                    + index
                    + " < "
                    + loop.Expression
                    + "."
                    + count
                    + "; "
                    + index
                    + "++) { }"
            );
        return head.WithStatement(SyntaxFactory.Block(body))
            .WithTriviaFrom(loop)
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>Count or Length of a type that has an indexer by position.</summary>
    private static string? CountOf(ITypeSymbol type)
    {
        ImmutableArray<ITypeSymbol> all = [type, .. type.AllInterfaces];
        bool hasIndexer = all.SelectMany(static t => t.GetMembers())
            .OfType<IPropertySymbol>()
            .Any(static property =>
                property is { IsIndexer: true, Parameters.Length: 1 }
                && property.Parameters[0].Type.SpecialType == SpecialType.System_Int32
            );
        return !hasIndexer
            ? null
            : s_counts.FirstOrDefault(name => all.Any(t => t.GetMembers(name).OfType<IPropertySymbol>().Any()));
    }

    private static string FreeName(ForEachStatementSyntax loop, SemanticModel model)
    {
        foreach (string name in s_names)
        {
            bool isTaken =
                model.LookupSymbols(loop.SpanStart, name: name).Any()
                || loop.DescendantTokens().Any(token => token.ValueText == name);
            if (!isTaken)
            {
                return name;
            }
        }

        return loop.Identifier.Text + "Index";
    }
}
