using Microsoft.CodeAnalysis;

namespace Lure.Analyzers;

/// <summary>LURE0010: a call whose target is known only at run time.</summary>
internal static class VirtualCallRule
{
    private const string Id = "LURE0010";
    private const string Title = "Hot path calls through a table";
    private const string Message = "The hot path calls {0} through {1}; {2}";

    private const string Description =
        "Nothing is known about what a virtual, interface or delegate call runs, and it is not inlined.";

    private const string Page = "docs/analyzers/LURE0010.md";

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

    public static bool Refuses(in HotCall call, Callee? refusal, HotBody body)
    {
        string? table = TableOf(call);
        // A delegate's Invoke is judged by nobody else; the rest may have been allowed by its name.
        if (
            table is null
            || (refusal is null && call.Target.MethodKind != MethodKind.DelegateInvoke && IsListed(call, body))
        )
        {
            return false;
        }

        body.Report(
            Descriptor,
            call.Place,
            Words.Name(call.Target),
            table,
            call.Target.MethodKind == MethodKind.DelegateInvoke
                ? "use a function pointer, or a struct behind a constrained type parameter"
                : "seal the type, or take it as a type parameter constrained to struct"
        );
        return true;
    }

    private static bool IsListed(in HotCall call, HotBody body) =>
        body.Project.Allowed.Allows(call.Target, body.Project);

    private static string? TableOf(in HotCall call)
    {
        IMethodSymbol target = call.Target;
        if (target.MethodKind == MethodKind.DelegateInvoke)
        {
            return "a delegate";
        }

        if (!call.IsDispatched || call.IsOnValue)
        {
            return null;
        }

        if (target.ContainingType.TypeKind == TypeKind.Interface)
        {
            return target.IsStatic && call.Receiver is null ? null : "an interface";
        }

        return target.IsStatic ? null : "the virtual table";
    }
}
