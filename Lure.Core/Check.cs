using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Lure.Analyzers;

namespace Lure.Core;

/// <summary>
/// A check after which memory cannot be trusted. The program ends on it; the simulator reports it.
/// </summary>
public sealed class CorruptionException : Exception
{
    public CorruptionException() { }

    public CorruptionException(string message)
        : base(message) { }

    public CorruptionException(string message, Exception innerException)
        : base(message, innerException) { }
}

/// <summary>
/// Checks that stay on in production. Killing all sessions is better than mixing two clients' bytes.
/// </summary>
[HotPath]
public static class Check
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void That([DoesNotReturnIf(false)] bool holds, string claim)
    {
        if (!holds)
        {
            Fail(claim);
        }
    }

    // Small, without a return and not marked NoInlining: only so does the compiler see that it
    // never returns, and moves the call out of the hot path.
    [DoesNotReturn]
    private static void Fail(string claim) => throw new CorruptionException(claim);
}
