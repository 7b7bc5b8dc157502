using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lure.Analyzers;

/// <summary>
/// Holds code marked <c>[HotPath]</c> to its rules, one file each. All rules share one analyzer, so that the
/// question what is hot is asked once for each body and not once for each rule.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HotPathAnalyzer : DiagnosticAnalyzer
{
    // A project may say that it has no hot path of its own although it sees the attributes.
    private const string SwitchOption = "build_property.LureHotPath";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(
            AllocationRule.Descriptor,
            BoxingRule.Descriptor,
            StringRule.Descriptor,
            StackRule.Descriptor,
            EnumerationRule.Descriptor,
            StateMachineRule.Descriptor,
            DynamicRule.Descriptor,
            LockRule.Descriptor,
            ExceptionRule.Descriptor,
            VirtualCallRule.Descriptor,
            ClosureRule.Descriptor,
            ContractRule.Descriptor,
            AllowListRule.Descriptor,
            HiddenCodeRule.Descriptor,
            LinqRule.Descriptor,
            DoorRule.Descriptor,
            UnknownConstructRule.Descriptor,
            DoorCountRule.Descriptor
        );

    public override void Initialize(AnalysisContext context)
    {
        // Generated code allocates like any other.
        context.ConfigureGeneratedCodeAnalysis(
            GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics
        );
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext start)
    {
        AnalyzerConfigOptions options = start.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
        Temperature? temperature = Temperature.Of(start.Compilation, options);
        if (
            temperature is null
            || start.Compilation is not CSharpCompilation compilation
            || options.IsDisabled(SwitchOption)
        )
        {
            return; // nothing can be hot here
        }

        AllowList allowed = AllowList.Of(start.Options.AdditionalFiles, start.CancellationToken);
        HotProject project = new(compilation, temperature, allowed, options);
        start.RegisterOperationBlockAction(block => HotBody.Judge(block, project));
        start.RegisterSymbolAction(type => ContractRule.Check(type, project), SymbolKind.NamedType);
        start.RegisterSyntaxNodeAction(DoorRule.Check, SyntaxKind.Attribute);
        start.RegisterCompilationEndAction(end => DoorCountRule.Check(end, project));
        start.RegisterAdditionalFileAction(file => AllowListRule.Check(file, allowed));
    }
}
