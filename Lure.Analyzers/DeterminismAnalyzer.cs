using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lure.Analyzers;

/// <summary>
/// Holds a project that sets <c>LureDeterminism</c> to what one seed, one run needs and lists of banned symbols
/// cannot say.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeterminismAnalyzer : DiagnosticAnalyzer
{
    private const string SwitchOption = "build_property.LureDeterminism";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(MutableStaticRule.Descriptor);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(
            GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics
        );
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Options.AnalyzerConfigOptionsProvider.GlobalOptions.IsEnabled(SwitchOption))
            {
                start.RegisterSymbolAction(
                    MutableStaticRule.Check,
                    SymbolKind.Field,
                    SymbolKind.Property,
                    SymbolKind.Event
                );
            }
        });
    }
}
