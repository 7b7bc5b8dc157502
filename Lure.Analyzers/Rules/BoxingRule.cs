using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0002: a value that is put into an object, so that it can pass for one.</summary>
internal static class BoxingRule
{
    private const string Id = "LURE0002";
    private const string Title = "Hot path boxes a value";
    private const string Message = "The hot path boxes {0}; {1}";

    private const string Description =
        "A struct, an enum or a type parameter that may be one becomes an object when it is used as "
        + "object, dynamic, a base class or an interface, and each time a new one.";

    private const string Page = "docs/analyzers/LURE0002.md";

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

    private const string KeepType = "keep its own type, or pass it through a type parameter constrained to struct";

    public static void Check(IOperation operation, HotBody body)
    {
        switch (operation)
        {
            case IConversionOperation conversion
                when Boxes(conversion) && !IsPartOfString(conversion) && !OpenValue.IsUnboxedAtOnce(conversion):
                Report(conversion, conversion.Operand.Type!, body);
                break;
            case IPatternOperation pattern when Boxes(pattern):
                Report(pattern, pattern.InputType, body);
                break;
            case ICoalesceOperation { ValueConversion.MethodSymbol: null } coalesce
                when Boxing.Boxes(coalesce.Value.Type, coalesce.Type):
                Report(coalesce, coalesce.Value.Type!, body);
                break;
            case IForEachLoopOperation loop:
                CheckElements(loop, body);
                break;
        }
    }

    public static void Report(IOperation operation, ITypeSymbol type, HotBody body) =>
        body.Report(
            Descriptor,
            operation,
            Words.Name(type) + (type.TypeKind == TypeKind.TypeParameter ? " wherever it is a struct" : ""),
            KeepType
        );

    /// <summary>A call that needs an object as its instance.</summary>
    public static bool Refuses(in HotCall call, HotBody body)
    {
        if (call.Target.IsStatic || !call.MayBeOnValue)
        {
            return false;
        }

        INamedTypeSymbol owner = call.Target.ContainingType;
        bool isInherited =
            owner.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum;
        // The body of an interface's member takes the interface, so a struct without one of its own is boxed for it.
        bool isDefault = owner.TypeKind == TypeKind.Interface && !call.Target.IsAbstract;
        if (!isInherited && !isDefault)
        {
            return false;
        }

        body.Report(
            Descriptor,
            call.Place,
            Words.Name(call.Receiver!)
                + " to call "
                + Words.Name(call.Target)
                + (
                    call.Receiver!.TypeKind == TypeKind.TypeParameter ? ", wherever it is a struct without its own" : ""
                ),
            isDefault ? "give the interface no default" : Override(call)
        );
        return true;
    }

    private static string Override(in HotCall call) =>
        call.Receiver!.TypeKind == TypeKind.Enum
            ? "compare and convert the enum by its number"
            : "override it in the struct, or write the comparison by hand";

    private static bool Boxes(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is not null)
        {
            return false; // judged as a call
        }

        return conversion.GetConversion().IsBoxing || Boxing.Boxes(conversion.Operand.Type, conversion.Type);
    }

    private static bool Boxes(IPatternOperation pattern) =>
        pattern switch
        {
            _ when OpenValue.IsTested(pattern) => false,
            IDeclarationPatternOperation { MatchedType: { } matched } => TestBoxes(pattern.InputType, matched),
            // A pattern in braces compares with null before all else.
            IRecursivePatternOperation recursive => TestBoxes(pattern.InputType, recursive.MatchedType)
                || IsOpenValue(pattern),
            ITypePatternOperation type => TestBoxes(pattern.InputType, type.MatchedType),
            // Before it is optimised, code boxes even to compare with null.
            IConstantPatternOperation or IRelationalPatternOperation => IsOpenValue(pattern),
            _ => false,
        };

    private static bool IsOpenValue(IPatternOperation pattern) =>
        pattern.InputType is ITypeParameterSymbol && Boxing.MayBeValue(pattern.InputType);

    private static bool TestBoxes(ITypeSymbol? from, ITypeSymbol? to) => Boxing.Boxes(from, to);

    // The compiler calls ToString on the value itself; the string is what is reported.
    private static bool IsPartOfString(IConversionOperation conversion) =>
        conversion is { IsImplicit: true, Type.SpecialType: SpecialType.System_Object }
        && conversion.Parent
            is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }
                or ICompoundAssignmentOperation { Type.SpecialType: SpecialType.System_String };

    private static void CheckElements(IForEachLoopOperation loop, HotBody body)
    {
        if (
            EnumerationRule.InfoOf(loop) is { } info
            && loop.LoopControlVariable is IVariableDeclaratorOperation { Symbol.Type: var variable }
            && !info.ElementConversion.IsUserDefined
            && Boxing.Boxes(info.ElementType, variable)
        )
        {
            Report(loop.LoopControlVariable, info.ElementType!, body);
        }
    }
}
