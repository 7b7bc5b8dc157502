using System;
using Lure.EndToEnd.Tests.Peers;
using NUnit.Framework;
using NUnit.Framework.Constraints;

namespace Lure.EndToEnd.Tests;

/// <summary>Waits for what another process does in its own time, and goes on the moment it is there.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    public static void Holds<T>(Func<T> actual, IResolveConstraint expected, string what)
    {
        var constraint = expected.Resolve();
        var deadline = Environment.TickCount64 + (long)Peer.Patience.TotalMilliseconds;
        var last = actual();
        while (!constraint.ApplyTo(last).IsSuccess && Environment.TickCount64 < deadline)
        {
            System.Threading.Thread.Sleep(Interval);
            last = actual();
        }

        Assert.That(last, constraint, what);
    }
}
