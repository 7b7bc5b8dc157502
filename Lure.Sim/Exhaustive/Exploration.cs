using System;
using System.Collections.Generic;
using Lure.Sim.Actors;
using Lure.Sim.Running;
using Lure.Sim.Scripts;
using Lure.Sim.Shrinking;

namespace Lure.Sim.Exhaustive;

/// <summary>Tries everything that can happen in a small world, every check on; ends at the first failure.</summary>
internal sealed class Exploration : IDisposable
{
    private const int ShrinkingRunsMax = 2_000;

    private readonly ChoiceTree _tree = new();
    private readonly ExhaustiveDriver _driver;
    private readonly Simulation _simulation;
    private readonly ExhaustiveScope _scope;
    private long _runs;
    private long _calls;

    private Exploration(ExhaustiveScope scope, WorkerSet workers)
    {
        _scope = scope;
        _tree.DepthMax = scope.DepthMax;
        _driver = new ExhaustiveDriver(_tree);
        _simulation = new Simulation(workers);
    }

    /// <param name="scope">How small the world is.</param>
    /// <param name="makeWorkers">Loops, compiled for the kernel that is to be tried.</param>
    /// <param name="beforeRun">Told of each run.</param>
    public static ExhaustiveResult Run(ExhaustiveScope scope, Func<WorkerSet> makeWorkers, Action? beforeRun = null)
    {
        using Exploration exploration = new(scope, makeWorkers());
        string? failure = exploration.Explore(beforeRun);
        return exploration.Result(failure, makeWorkers);
    }

    public void Dispose() => _simulation.Dispose();

    private string? Explore(Action? beforeRun)
    {
        string? failure;
        do
        {
            beforeRun?.Invoke();
            failure = Play();
            _calls += _simulation.Calls;
        } while (failure is null && _runs < _scope.RunsMax && _tree.Advance());

        return failure;
    }

    private string? Play()
    {
        _runs++;
        _tree.Begin();
        try
        {
            _driver.Begin(_simulation, _scope);
            _simulation.Begin(_scope.Plan, _driver, _driver);
            _simulation.Cast.AddClient(0).Program.Add(new Step(Verb.Connect));
            _simulation.Run();
            return null;
        }
        catch (Exception exception) when (Findings.Are(exception))
        {
            return Findings.Describe(exception);
        }
    }

    private ExhaustiveResult Result(string? failure, Func<WorkerSet> makeWorkers) =>
        new()
        {
            World = _scope.Describe(),
            Runs = _runs,
            Calls = _calls,
            Choices = _tree.Choices,
            States = _tree.States,
            Deepest = _tree.Deepest,
            Left = _tree.Left(),
            Contradictions = _tree.Contradictions,
            Failure = failure,
            Prefix = failure is null ? [] : Significant(_tree.Taken),
            Script = failure is null ? null : ScriptOf(failure, makeWorkers),
        };

    private Script? ScriptOf(string failure, Func<WorkerSet> makeWorkers)
    {
        Script recorded = Recording.Of(_simulation);
        using ScriptPlayer player = new(makeWorkers());
        return Shrinker.Shrink(player, recorded, FailureId.Of(failure), ShrinkingRunsMax) is { } shrunk
            ? shrunk with
            {
                Comments = [failure.Split('\n')[0]],
            }
            : null;
    }

    /// <summary>Without the zeros at its end, which are taken anyway.</summary>
    private static byte[] Significant(IReadOnlyList<byte> choices)
    {
        int length = choices.Count;
        while (length > 0 && choices[length - 1] == 0)
        {
            length--;
        }

        byte[] significant = new byte[length];
        for (int i = 0; i < length; i++)
        {
            significant[i] = choices[i];
        }

        return significant;
    }
}
