using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Lure.Core.Kernel;

namespace Lure.Sim.Conformance.Twin;

/// <summary>
/// The twin run: the loop of Lure.Core, unchanged, with peers that follow a script, once on the fake kernel and
/// once on a real one. Both have to tell the same: what each step answered, what each peer received and how it
/// ended, the end records, the counters, and that nothing is left.
/// </summary>
/// <remarks>The real kernel is held against itself first, as in <see cref="Conformer{TReal}"/>.</remarks>
public sealed class TwinConformer<TKernel, TApi> : IDisposable
    where TKernel : struct, ISyscalls
    where TApi : struct, ISocketApi
{
    /// <summary>Times that a script which disagrees is played on the real kernel before the fake is blamed.</summary>
    private const int Repetitions = 5;

    private readonly TwinRun<TKernel, TApi> _real;
    private readonly TwinRun<FakeKernel, FakeSocketApi> _fake = new(new FakeTwinHost());
    private readonly TwinGenerator _generator = new();
    private readonly List<Divergence> _divergences = [];
    private readonly List<string> _first = [];
    private readonly List<string> _again = [];
    private readonly List<string> _answer = [];

    /// <param name="real">The real kernel, or whatever is to be compared.</param>
    public TwinConformer(ITwinHost<TKernel, TApi> real) => _real = new TwinRun<TKernel, TApi>(real);

    /// <summary>Scripts compared.</summary>
    public long Scripts { get; private set; }

    /// <summary>Facts compared: answers, ends, records, counters.</summary>
    public long Facts { get; private set; }

    /// <summary>Facts left out because the real kernel does not tell the same each time.</summary>
    public long Skipped { get; private set; }

    /// <summary>Scripts of which the fake told something else.</summary>
    public long Differing { get; private set; }

    /// <summary>Sessions that ended on the fake kernel.</summary>
    public long Sessions { get; private set; }

    /// <summary>Bytes that peers have read on the fake kernel.</summary>
    public long Bytes { get; private set; }

    /// <summary>Those scripts, shrunk, the first few.</summary>
    public IReadOnlyList<Divergence> Divergences => _divergences;

    /// <summary>Plays the script of a seed.</summary>
    /// <returns>Whether nothing differed.</returns>
    public bool Compare(ulong seed) => Compare(seed, ScriptOf(seed));

    /// <summary>Plays a script.</summary>
    /// <returns>Whether nothing differed.</returns>
    public bool Compare(ulong seed, TwinScript script)
    {
        (long sessions, long bytes) = (_fake.Sessions, _fake.Bytes);
        _fake.Play(script, _answer);
        (Sessions, Bytes) = (Sessions + _fake.Sessions - sessions, Bytes + _fake.Bytes - bytes);
        int agreed = Agreement(script);
        int same = SameUntil(agreed);
        for (int i = 0; i < Repetitions && same < agreed; i++)
        {
            // A loaded machine may have moved a timer between two steps.
            _real.Play(script, _again);
            agreed = Math.Min(agreed, SameLines(_first, _again));
        }

        Scripts++;
        Facts += Math.Min(same, agreed);
        Skipped += Math.Max(_first.Count, _answer.Count) - Math.Max(agreed, Math.Min(same, agreed));
        if (same >= agreed)
        {
            return true;
        }

        Differing++;
        Report(seed, script);
        return false;
    }

    /// <summary>The script of a seed.</summary>
    public TwinScript ScriptOf(ulong seed) => _generator.Generate(seed);

    /// <summary>Plays a script on both kernels.</summary>
    /// <returns>What came of it, on the fake and on the real one.</returns>
    public (string[] Fake, string[] Real) Play(TwinScript script)
    {
        _fake.Play(script, _answer);
        _real.Play(script, _first);
        return ([.. _answer], [.. _first]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _real.Dispose();
        _fake.Dispose();
    }

    // All facts, when it tells the same twice.
    private int Agreement(TwinScript script)
    {
        _real.Play(script, _first);
        _real.Play(script, _again);
        return SameLines(_first, _again);
    }

    // One that says less than the other differs at its end.
    private int SameUntil(int agreed)
    {
        int same = SameLines(_first, _answer);
        return same == _first.Count && same < _answer.Count ? Math.Min(same, agreed - 1) : same;
    }

    private static int SameLines(List<string> one, List<string> other)
    {
        int same = 0;
        while (same < one.Count && same < other.Count && one[same] == other[same])
        {
            same++;
        }

        return same;
    }

    private void Report(ulong seed, TwinScript script)
    {
        const int Kept = 20;
        if (_divergences.Count >= Kept)
        {
            return;
        }

        TwinScript shrunk = Shrink(script);
        (string[] fake, string[] real) = Play(shrunk);
        int at = SameLines([.. fake], [.. real]);
        _divergences.Add(
            new Divergence(
                seed,
                TwinScriptText.Of(shrunk),
                at < fake.Length ? fake[at] : "nothing more",
                at < real.Length ? real[at] : "nothing more"
            )
        );
    }

    // Leaves out one step after the other, as long as the kernels still differ.
    private TwinScript Shrink(TwinScript script)
    {
        TwinScript kept = script;
        for (int i = script.Steps.Length - 1; i >= 0; i--)
        {
            ImmutableArray<TwinStep> fewer = kept.Steps.RemoveAt(i);
            if (Differs(kept with { Steps = fewer }))
            {
                kept = kept with { Steps = fewer };
            }
        }

        return kept;
    }

    private bool Differs(TwinScript script)
    {
        _fake.Play(script, _answer);
        int agreed = Agreement(script);
        return SameUntil(agreed) < agreed;
    }
}
