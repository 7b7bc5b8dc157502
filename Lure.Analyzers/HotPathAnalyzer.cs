using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lure.Analyzers;

/// <summary>
/// Holds code marked <c>[HotPath]</c> to its rules, one file each. All rules share one analyzer, so that the
/// question what is hot is asked once for each body and not once for each rule.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HotPathAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(AllocationRule.Descriptor);

    public override void Initialize(AnalysisContext context)
    {
        // Generated code allocates like any other.
        context.ConfigureGeneratedCodeAnalysis(
            GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics
        );
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext compilation)
    {
        Temperature? temperature = Temperature.Of(
            compilation.Compilation,
            compilation.Options.AnalyzerConfigOptionsProvider.GlobalOptions
        );
        if (temperature is null)
        {
            return; // nothing can be hot here
        }

        compilation.RegisterOperationBlockStartAction(block =>
        {
            bool hot = temperature.IsHot(block.OwningSymbol);
            block.RegisterOperationAction(
                operation =>
                {
                    if (Temperature.IsHot(operation.Operation, hot))
                    {
                        AllocationRule.Check(operation);
                    }
                },
                AllocationRule.Kinds
            );
        });
    }
}
