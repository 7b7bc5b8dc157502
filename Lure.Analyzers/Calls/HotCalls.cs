using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>Finds the calls that an operation makes, those that the compiler adds included.</summary>
internal static class HotCalls
{
    public static void Check(IOperation operation, HotBody body)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                OfInvocation(call, body);
                break;
            case IObjectCreationOperation { Constructor: { } constructor, Type.IsValueType: true }:
                body.Judge(new HotCall(constructor, operation));
                break;
            case IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation } property
                when property.Instance
                    is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }
                    && IsPartOfNewObject(property.Parent!):
                break; // the object is refused as a whole
            case IPropertyReferenceOperation property:
                PropertyCalls.Check(property, body);
                break;
            case IImplicitIndexerReferenceOperation indexer:
                PropertyCalls.Check(indexer, body);
                break;
            case IUsingOperation usingStatement:
                DisposeCalls.Check(usingStatement, body);
                break;
            case IUsingDeclarationOperation declaration:
                DisposeCalls.Check(declaration.DeclarationGroup, declaration.IsAsynchronous, body);
                break;
            case IDeconstructionAssignmentOperation { Syntax: AssignmentExpressionSyntax syntax }:
                Deconstruct(operation.SemanticModel!.GetDeconstructionInfo(syntax), operation, isRepeated: false, body);
                break;
            case IForEachLoopOperation { Syntax: ForEachVariableStatementSyntax syntax } loop:
                Deconstruct(
                    operation.SemanticModel!.GetDeconstructionInfo(syntax),
                    loop.LoopControlVariable,
                    isRepeated: true,
                    body
                );
                break;
            case IAddressOfOperation { Reference: IMethodReferenceOperation reference }:
                // Who has the address calls it any number of times.
                body.Judge(new HotCall(reference.Method, operation, reference.ConstrainedToType, isRepeated: true));
                break;
            case ICollectionExpressionOperation collection:
                OfCollection(collection, body);
                break;
            case { Kind: OperationKind.None, Syntax: FixedStatementSyntax statement }:
                OfFixed(statement, operation, body);
                break;
            default:
                OperatorCalls.Check(operation, body);
                PatternCalls.Check(operation, body);
                break;
        }
    }

    private static void OfInvocation(IInvocationOperation call, HotBody body)
    {
        if (call.IsImplicit && IsPartOfNewObject(call))
        {
            return; // the object is refused as a whole
        }

        IMethodSymbol target = call.TargetMethod;
        bool isBase = call.Instance is IInstanceReferenceOperation && call.Instance.Syntax is BaseExpressionSyntax;
        ITypeSymbol? receiver = target.IsStatic ? call.ConstrainedToType : call.Instance?.Type;
        if (isBase && body.Member.ContainingType is { IsValueType: true } type)
        {
            receiver = type; // `base` of a struct is a copy of it in a box
        }

        body.Judge(new HotCall(target, call, receiver, isBase));
    }

    private static bool IsPartOfNewObject(IOperation operation)
    {
        IOperation? outer = operation.Parent;
        while (outer is IObjectOrCollectionInitializerOperation or IMemberInitializerOperation)
        {
            outer = outer.Parent;
        }

        return outer is IObjectCreationOperation { Type.IsValueType: false };
    }

    /// <summary>Calls of Deconstruct, nested ones included, and the conversions of the parts.</summary>
    private static void Deconstruct(DeconstructionInfo info, IOperation site, bool isRepeated, HotBody body)
    {
        if (info.Method is { } method)
        {
            body.Judge(new HotCall(method, site, isRepeated: isRepeated));
        }

        if (info.Conversion is { IsBoxing: true })
        {
            body.Report(BoxingRule.Descriptor, site, "a part of the deconstruction", "deconstruct into its own type");
        }

        if (info.Conversion is { IsUserDefined: true, MethodSymbol: { } conversion })
        {
            body.Judge(new HotCall(conversion, site, isRepeated: isRepeated));
        }

        foreach (DeconstructionInfo nested in info.Nested)
        {
            Deconstruct(nested, site, isRepeated, body);
        }
    }

    /// <summary>The builder or the constructor of a collection, and the Add that fills it.</summary>
    private static void OfCollection(ICollectionExpressionOperation collection, HotBody body)
    {
        if (collection.Type is not { IsValueType: true } type || CollectionAllocation.IsImmutableArray(type))
        {
            return;
        }

        if (collection.ConstructMethod is { } method)
        {
            body.Judge(new HotCall(method, collection));
        }

        bool isBuilt = collection.ConstructMethod is { MethodKind: not MethodKind.Constructor };
        if (isBuilt || CollectionAllocation.IsSpan(type) || collection.Elements.IsEmpty)
        {
            return;
        }

        // Which Add was bound is not told.
        bool found = false;
        foreach (IMethodSymbol add in type.GetMembers("Add").OfType<IMethodSymbol>())
        {
            found = true;
            body.Judge(new HotCall(add, collection, type, isRepeated: collection.Elements.Length > 1));
        }

        if (!found)
        {
            body.Report(
                ClosureRule.Descriptor,
                collection,
                "the Add of " + Words.Name(type),
                "cannot be seen from here",
                "call it by its name"
            );
        }
    }

    /// <summary><c>fixed</c> asks what is no array for a reference to pin, if it has one to give.</summary>
    private static void OfFixed(FixedStatementSyntax statement, IOperation operation, HotBody body)
    {
        SemanticModel model = operation.SemanticModel!;
        foreach (VariableDeclaratorSyntax variable in statement.Declaration.Variables)
        {
            if (
                variable.Initializer?.Value is not { } value
                || model.GetTypeInfo(value).Type is not { TypeKind: not TypeKind.Array } type
            )
            {
                continue;
            }

            IMethodSymbol? pin = model
                .LookupSymbols(value.SpanStart, type, "GetPinnableReference", includeReducedExtensionMethods: true)
                .OfType<IMethodSymbol>()
                .FirstOrDefault(static method => method.Parameters.IsEmpty);
            if (pin is not null)
            {
                body.Judge(new HotCall(pin, operation, type, place: value.GetLocation()));
            }
        }
    }
}
