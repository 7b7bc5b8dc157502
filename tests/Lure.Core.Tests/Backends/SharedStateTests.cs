using System.Linq;
using System.Threading;
using Lure.Core.Backends;
using Lure.Core.Tests.Memory;
using NUnit.Framework;

namespace Lure.Core.Tests.Backends;

internal sealed class SharedStateTests
{
    /// <summary>Descriptors bind first: three, for sessions of two.</summary>
    [Test]
    public void A_session_without_descriptors_keeps_no_place()
    {
        using TestArena memory = new(1 << 16);
        SharedState shared = new(ref memory.Arena, 1, 1, sessionsMax: 2, descriptorsMax: 3);

        Assert.That(
            new[] { shared.TryReserveSession(), shared.TryReserveSession() },
            Is.EqualTo(new[] { true, false })
        );
        Assert.That((shared.Sessions, shared.Descriptors), Is.EqualTo((1, 2)));
        shared.ReleaseSession();
        Assert.That((shared.Sessions, shared.Descriptors), Is.EqualTo((0, 0)));
    }

    /// <summary>One that is told of success without having added shows only where two add at the same moment.</summary>
    [Test]
    public void What_two_add_at_once_is_counted_exactly()
    {
        const int Tries = 200_000;
        int counter = 0;
        int[] added = new int[2];
        using Barrier both = new(2);
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() => Add(i)))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.That(added.Sum(), Is.EqualTo(counter));

        void Add(int own)
        {
            both.SignalAndWait();
            for (int i = 0; i < Tries; i++)
            {
                added[own] += SharedState.TryAdd(ref counter, 1, (2 * Tries) - 1) ? 1 : 0;
            }
        }
    }
}
