using System;

namespace Lure.Linux.Proof;

/// <summary>That an allocation would be noticed: a count that never moves proves nothing.</summary>
internal static class MeterProof
{
    private const int Objects = 1_000;

    private static object? s_kept;

    public static Claim Of()
    {
        Cost cost = Cost.Of(Allocate);
        return new Claim(
            cost.Bytes >= Objects * IntPtr.Size,
            FormattableString.Invariant($"the count itself: {Objects:N0} objects are {cost.Bytes:N0} bytes")
        );
    }

    private static void Allocate()
    {
        for (int i = 0; i < Objects; i++)
        {
            // Where it can be seen from elsewhere, or the compiler puts it on the stack.
            s_kept = new object();
        }

        GC.KeepAlive(s_kept);
    }
}
