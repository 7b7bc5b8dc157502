using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0011: the hot path is closed: it calls only what is hot, or allowed with a reason.</summary>
internal static class ClosureRule
{
    private const string Id = "LURE0011";
    private const string Title = "Hot path calls what is not hot";
    private const string Message = "The hot path calls {0}, which {1}; {2}";

    private const string Description =
        "A body without an allocation proves nothing as long as it may call anything. Accessors, "
        + "operators, conversions, constructors, Dispose, GetEnumerator, Deconstruct, indexers and the handlers "
        + "of interpolated strings count as calls.";

    private const string Page = "docs/analyzers/LURE0011.md";

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

    public static void Check(in HotCall call, Callee? refusal, HotBody body)
    {
        refusal ??= CallsBack(call, body);
        if (refusal is not null)
        {
            body.Report(Descriptor, call.Place, Words.Name(call.Target), refusal.Why, refusal.Instead);
        }
    }

    /// <summary>A door in the initialiser of a static, which nobody knows when it runs.</summary>
    public static void ReportDoor(in HotCall call, HotBody body) =>
        body.Report(Descriptor, call.Place, Words.Name(call.Target), "is cold", "call it at start");

    // What is allowed may still run unknown code if it is handed some.
    private static Callee? CallsBack(in HotCall call, HotBody body)
    {
        ImmutableArray<IArgumentOperation> arguments = call.Site switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IObjectCreationOperation created => created.Arguments,
            _ => [],
        };
        foreach (IArgumentOperation argument in arguments)
        {
            if (
                argument.Parameter?.OriginalDefinition.Type
                    is { TypeKind: TypeKind.Interface or TypeKind.Delegate } type
                && !IsHarmless(argument.Value)
                && body.Project.Allowed.IsBuiltIn(call.Target)
            )
            {
                return new("calls back through " + Words.Name(type), "leave the argument out");
            }
        }

        return null;
    }

    private static bool IsHarmless(IOperation argument)
    {
        while (argument is IConversionOperation { OperatorMethod: null } conversion)
        {
            argument = conversion.Operand;
        }

        return argument.ConstantValue is { HasValue: true, Value: null }
            || argument
                is IPropertyReferenceOperation
                {
                    Property: { Name: "InvariantCulture" or "InvariantInfo", ContainingNamespace.Name: "Globalization" }
                };
    }

    /// <summary>A constructor that names none calls the one of its base class.</summary>
    public static void CheckImplicitBase(HotBody body)
    {
        if (
            body.Member
                is not IMethodSymbol
                {
                    MethodKind: MethodKind.Constructor,
                    ContainingType: { TypeKind: TypeKind.Class } type
                }
            || body.Member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
                is not ConstructorDeclarationSyntax { Initializer: null } syntax
        )
        {
            return;
        }

        IMethodSymbol? inherited = type.BaseType?.InstanceConstructors.FirstOrDefault(static constructor =>
            constructor.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams)
        );
        if (
            inherited is { ContainingType.SpecialType: not SpecialType.System_Object, IsImplicitlyDeclared: false }
            && body.Project.Refusal(inherited) is { } refusal
        )
        {
            body.Report(
                Descriptor,
                syntax.Identifier.GetLocation(),
                Words.Name(inherited),
                refusal.Why,
                refusal.Instead
            );
        }
    }
}
