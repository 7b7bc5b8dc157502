using System;
using Lure.Sim.Campaigns;
using Lure.Sim.Fencing;

namespace Lure.Linux.Proof;

/// <summary>That a warm loop allocates nothing: where all goes well, and where everything goes wrong.</summary>
internal static class LoopProof
{
    private const int Sessions = 25;
    private const long EventsToWarmUp = 10_000;
    private const ulong SeedsToWarmUp = 100;

    /// <param name="least">Events to handle.</param>
    public static Claim OfEvents(long least)
    {
        using EchoWorld world = new(Sessions);
        Talk(world, until: EventsToWarmUp);
        long before = world.Events;
        Cost cost = Cost.Of(() => Talk(world, before + least));
        return new Claim(
            cost.IsNothing,
            FormattableString.Invariant($"the loop: {world.Events - before:N0} events, {cost}")
        );
    }

    /// <param name="least">Events to handle.</param>
    /// <remarks>Collections are not counted: those who look on and keep the books of a simulation allocate.</remarks>
    public static Claim OfFaults(long least)
    {
        FencedWorkers loops = new();
        using SeedRun run = new(loops);
        (long events, long bytes) = (0, 0);
        ulong seed = 0;
        for (; seed < SeedsToWarmUp || loops.Events - events < least; seed++)
        {
            if (seed == SeedsToWarmUp)
            {
                (events, bytes) = (loops.Events, loops.Bytes);
            }

            if (!run.Run(seed))
            {
                return new Claim(Holds: false, $"the loop under faults: seed {seed}: {run.Failure}");
            }
        }

        bytes = loops.Bytes - bytes;
        return new Claim(
            bytes == 0,
            FormattableString.Invariant(
                $"the loop under faults: {seed:N0} seeds, {loops.Events - events:N0} events, {bytes:N0} bytes allocated"
            )
        );
    }

    private static void Talk(EchoWorld world, long until)
    {
        while (world.Events < until)
        {
            world.Turn();
        }
    }
}
