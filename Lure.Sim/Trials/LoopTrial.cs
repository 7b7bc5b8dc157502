using System;
using System.Collections.Generic;
using System.Globalization;
using Lure.Core.Kernel;
using Lure.Sim.Entropy;

namespace Lure.Sim;

/// <summary>
/// One run of a loop of your own on the fake kernel: peers that act between its calls, short transfers,
/// interrupted waits, all from a seed. The same seed is the same run, on every machine.
/// </summary>
/// <remarks>
/// The loop makes its calls to <see cref="Kernel"/>, best as a type argument that is an
/// <see cref="ISyscalls"/>. Whatever it does that no loop may do (a call on a descriptor that is closed, an empty
/// vector) throws; what else has to hold is the caller's to check, at the peers' ends.
/// </remarks>
/// <example>docs/simulation.md, "As a library".</example>
public sealed class LoopTrial
{
    private readonly List<Func<bool>> _peers = [];
    private readonly TrialHooks _hooks;

    /// <param name="seed">What all choices follow from.</param>
    /// <param name="options">The sizes of the world; drawn from the seed, a byte to 64 KiB a buffer, when left out.</param>
    /// <param name="faults">How often a call meets a fault: in so many of 256 cases; 0 for never.</param>
    public LoopTrial(ulong seed, WorldOptions? options = null, int faults = 32)
    {
        Tape = new Tape(seed);
        options ??= new WorldOptions
        {
            SendBuffer = Tape.LogUniform(1 << 16),
            ReceiveBuffer = Tape.LogUniform(1 << 16),
        };
        World = new FakeWorld(options with { IdleWaitReturns = true });
        Kernel = new FakeKernel(World);
        _hooks = new TrialHooks(Tape, _peers, World, faults);
    }

    /// <summary>For listeners, servers, clients, and for faults at a call of your choice.</summary>
    public FakeWorld World { get; }

    /// <summary>What the loop calls.</summary>
    public FakeKernel Kernel { get; }

    /// <summary>For choices of your own, so that they follow from the seed too.</summary>
    public Tape Tape { get; }

    /// <summary>Of all calls with their bytes: equal exactly when two runs were.</summary>
    public ulong Hash => World.Trace.Hash;

    /// <summary>A far end. It is asked to act between any two calls, and whenever the loop would sleep.</summary>
    /// <param name="act">Does one thing; false when there was nothing that it could do.</param>
    public void AddPeer(Func<bool> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        _peers.Add(act);
    }

    /// <summary>Turns the loop until it says that it is done, or sleeps and nothing will ever wake it.</summary>
    /// <param name="turn">One turn; false ends the run.</param>
    /// <param name="turnsMax">More turns than that are a loop that does not come to rest.</param>
    /// <exception cref="SimulationViolationException">It has not come to rest, or broke a rule of the seam.</exception>
    public void Run(Func<bool> turn, int turnsMax = 100_000)
    {
        ArgumentNullException.ThrowIfNull(turn);
        World.Hooks = _hooks;
        try
        {
            int turns = 0;
            while (!_hooks.IsAtRest && turn())
            {
                if (++turns > turnsMax)
                {
                    throw new SimulationViolationException(
                        string.Create(CultureInfo.InvariantCulture, $"after {turnsMax} turns it has not come to rest")
                    );
                }
            }
        }
        finally
        {
            World.Hooks = null;
        }
    }
}
