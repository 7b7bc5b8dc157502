using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>Operators and conversions that are methods.</summary>
internal static class OperatorCalls
{
    public static void Check(IOperation operation, HotBody body)
    {
        switch (operation)
        {
            case IBinaryOperation { OperatorMethod: { } method } binary:
                Judge(method, binary, binary.ConstrainedToType, body);
                if (binary.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr)
                {
                    Truth(method.ContainingType, binary, body);
                }

                break;
            case IUnaryOperation { OperatorMethod: { } method } unary:
                Judge(method, unary, unary.ConstrainedToType, body);
                break;
            case IIncrementOrDecrementOperation { OperatorMethod: { } method } step:
                Judge(method, step, step.Target.Type, body);
                break;
            case ICompoundAssignmentOperation compound:
                OfCompound(compound, body);
                break;
            case IConversionOperation { OperatorMethod: { } method } conversion:
                OfConversion(method, conversion, body);
                break;
            case IConversionOperation { Operand: not ITupleOperation } conversion:
                OfElements(conversion.Operand.Type, conversion.Type, conversion, body);
                break;
            case IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation variable } loop:
                OfElements(EnumerationRule.InfoOf(loop)?.ElementType, variable.Symbol.Type, variable, body);
                break;
            case ITupleBinaryOperation tuples:
                OfTuples(tuples, body);
                break;
            case ICoalesceOperation { ValueConversion.MethodSymbol: { } method }:
                Judge(method, operation, null, body);
                break;
        }
    }

    // A tuple is converted element by element, and what the user wrote for the elements is not told.
    private static void OfElements(ITypeSymbol? from, ITypeSymbol? to, IOperation site, HotBody body)
    {
        if (
            Boxing.Underlying(from) is not INamedTypeSymbol { IsTupleType: true } source
            || Boxing.Underlying(to) is not INamedTypeSymbol { IsTupleType: true } target
            || source.TupleElements.Length != target.TupleElements.Length
        )
        {
            return;
        }

        for (int i = 0; i < source.TupleElements.Length; i++)
        {
            ITypeSymbol element = source.TupleElements[i].Type;
            ITypeSymbol wanted = target.TupleElements[i].Type;
            Conversion conversion = body.Project.Compilation.ClassifyConversion(element, wanted);
            if (conversion is { IsUserDefined: true, MethodSymbol: { } method })
            {
                // At the variable of a foreach it is done for each.
                body.Judge(new HotCall(method, site, isRepeated: site is IVariableDeclaratorOperation));
            }

            OfElements(element, wanted, site, body);
        }
    }

    private static void OfCompound(ICompoundAssignmentOperation compound, HotBody body)
    {
        if (compound.OperatorMethod is { } method)
        {
            Judge(method, compound, method.IsStatic ? compound.ConstrainedToType : compound.Target.Type, body);
        }

        foreach (Conversion conversion in new[] { compound.GetInConversion(), compound.GetOutConversion() })
        {
            if (conversion is { IsUserDefined: true, MethodSymbol: { } user })
            {
                Judge(user, compound, null, body);
            }
            else if (conversion.IsBoxing && compound.Type is not { SpecialType: SpecialType.System_String })
            {
                BoxingRule.Report(compound, compound.Target.Type!, body);
            }
        }
    }

    // The standard conversions before and after the one that the user wrote are operations of their own.
    private static void OfConversion(IMethodSymbol method, IConversionOperation conversion, HotBody body)
    {
        Judge(method, conversion, conversion.ConstrainedToType, body);
    }

    // Which operators compare the elements is not told, so only those are let pass that are part of the language.
    private static void OfTuples(ITupleBinaryOperation tuples, HotBody body)
    {
        if (!AreCompared(tuples.LeftOperand.Type, tuples.RightOperand.Type))
        {
            body.Report(
                ClosureRule.Descriptor,
                tuples,
                "the operators of the elements of " + Words.Name(tuples.LeftOperand.Type),
                "cannot be seen from here",
                "compare the elements one by one"
            );
        }
    }

    private static bool AreCompared(ITypeSymbol? left, ITypeSymbol? right)
    {
        left = Boxing.Underlying(left);
        right = Boxing.Underlying(right);
        if (left is INamedTypeSymbol { IsTupleType: true } a && right is INamedTypeSymbol { IsTupleType: true } b)
        {
            return a.TupleElements.Length == b.TupleElements.Length
                && a.TupleElements.Zip(b.TupleElements, static (x, y) => AreCompared(x.Type, y.Type))
                    .All(static x => x);
        }

        // A null literal has no type.
        return (left is null || Plain.IsPlain(left)) && (right is null || Plain.IsPlain(right));
    }

    private static void Truth(INamedTypeSymbol type, IOperation site, HotBody body)
    {
        foreach (
            IMethodSymbol method in type.GetMembers()
                .OfType<IMethodSymbol>()
                .Where(static method => method.Name is "op_True" or "op_False")
        )
        {
            Judge(method, site, null, body);
        }
    }

    private static void Judge(IMethodSymbol method, IOperation site, ITypeSymbol? receiver, HotBody body) =>
        body.Judge(new HotCall(method, site, receiver));
}
