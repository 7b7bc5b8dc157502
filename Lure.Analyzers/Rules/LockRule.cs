using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lure.Analyzers;

/// <summary>LURE0008: a lock, which waits for another thread and may make an object to do so.</summary>
internal static class LockRule
{
    private const string Id = "LURE0008";
    private const string Title = "Hot path takes a lock";
    private const string Message =
        "The hot path locks {0}; give each thread its own data, or share a number through Interlocked";

    private const string Description =
        "Whoever holds the lock decides how long the hot path waits; the first contention makes objects.";

    private const string Page = "docs/analyzers/LURE0008.md";

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

    public static void Check(IOperation operation, HotBody body)
    {
        if (operation is ILockOperation { Syntax: LockStatementSyntax syntax } statement)
        {
            body.Report(Descriptor, syntax.LockKeyword.GetLocation(), Words.Name(statement.LockedValue.Type));
        }
    }
}
