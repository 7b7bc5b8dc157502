using System;
using Lure.Sim.Actors;
using Lure.Sim.Driving;
using Lure.Sim.Entropy;
using Lure.Sim.Faults;
using Lure.Sim.Running;
using Lure.Sim.Scripts;

namespace Lure.Sim.Campaigns;

/// <summary>Runs one seed after the other, in memory that stays warm.</summary>
internal sealed class SeedRun : IDisposable
{
    private readonly Simulation _simulation;
    private readonly Swarm _swarm = new();
    private readonly ProgramDraw _programs = new();
    private readonly RandomDriver _driver;
    private readonly Tape _tape = new(0);

    public SeedRun(WorkerSet workers)
    {
        _simulation = new Simulation(workers);
        _driver = new RandomDriver(_swarm);
    }

    public Simulation Simulation => _simulation;

    public Swarm Swarm => _swarm;

    /// <summary>What was wrong with the last run, null for nothing.</summary>
    public string? Failure { get; private set; }

    /// <summary>Bytes of the tape that the last run read.</summary>
    public int TapeUsed { get; private set; }

    /// <summary>Runs a seed.</summary>
    /// <returns>False when a check failed.</returns>
    public bool Run(ulong seed)
    {
        _tape.Rewind(seed);
        return Run(_tape);
    }

    /// <summary>Runs what a tape says.</summary>
    public bool Run(Tape tape)
    {
        Failure = null;
        try
        {
            Play(tape);
        }
        catch (Exception exception) when (Findings.Are(exception))
        {
            Failure = Findings.Describe(exception);
        }

        TapeUsed = tape.Used;
        return Failure is null;
    }

    public void Dispose() => _simulation.Dispose();

    private void Play(Tape tape)
    {
        _swarm.Draw(tape);
        Plan plan = PlanDraw.Draw(tape, _swarm);
        _programs.Begin(tape, _swarm, plan.Loop.BlockBytes, Math.Min(plan.Loop.BytesPerTurn, plan.World.SendBuffer));
        _driver.Begin(_simulation, tape);
        _simulation.Begin(plan, _driver, _programs);
        int clients = 5 + tape.Below(10);
        if (plan.Loop.Sessions >= PlanDraw.CrowdSessions)
        {
            clients += 32 + tape.Below(32);
        }
        else if (tape.Chance(16))
        {
            clients = tape.LogUniform(64);
        }

        for (int i = 0; i < clients; i++)
        {
            Actor client = _simulation.Cast.AddClient(tape.Below(plan.Fronts.Length));
            _programs.WriteClient(plan.Fronts[client.Target].IsUnix, client.Program);
        }

        _simulation.Run();
    }
}
