using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Lure.Core.Backends;

namespace Lure.Sim.Conformance;

/// <summary>
/// Plays random scripts on the fake kernel and on a real one and compares every answer. The real one
/// is held against itself first: from where it disagrees with itself, the rest of a script is skipped
/// and counted.
/// </summary>
/// <param name="real">The real kernel, or whatever is to be compared.</param>
public sealed class Conformer<TReal>(TReal real)
    where TReal : struct, ISocketApi
{
    /// <summary>Times that a script which disagrees is played on the real kernel before the fake is blamed.</summary>
    private const int Repetitions = 5;

    private readonly ScriptRunner<TReal> _real = new(real);
    private readonly FakeWorld _world = new();

    // As it is with a socket that nobody limits: far more waits at the sender than fits into the window.
    internal static WorldOptions FakeOptions => new() { SendBuffer = 256 * 1024 };

    /// <summary>What the fake may answer by, as long as all its answers are of one kind.</summary>
    internal static ImmutableArray<WorldOptions> AllowedOptions =>
        [
            FakeOptions,
            FakeOptions with
            {
                Segmentation = Segmentation.LongEnd,
            },
            FakeOptions with
            {
                Segmentation = Segmentation.LooseWindow,
            },
            FakeOptions with
            {
                Segmentation = Segmentation.LongEnd | Segmentation.LooseWindow,
            },
        ];

    private readonly ScriptGenerator _generator = new();
    private readonly List<Divergence> _divergences = [];
    private readonly Answer[] _first = new Answer[ScriptGenerator.LongestScript];
    private readonly Answer[] _again = new Answer[ScriptGenerator.LongestScript];
    private readonly Answer[] _fake = new Answer[ScriptGenerator.LongestScript];

    /// <summary>Scripts compared.</summary>
    public long Scripts { get; private set; }

    /// <summary>Calls whose answers were compared.</summary>
    public long Calls { get; private set; }

    /// <summary>Calls left out because the real kernel does not answer them the same way each time.</summary>
    public long Skipped { get; private set; }

    /// <summary>Scripts that the fake answered differently.</summary>
    public long Differing { get; private set; }

    /// <summary>Those scripts, shrunk, the first few.</summary>
    public IReadOnlyList<Divergence> Divergences => _divergences;

    /// <summary>Plays the script of a seed.</summary>
    /// <returns>Whether nothing differed.</returns>
    public bool Compare(ulong seed) => Compare(seed, ScriptOf(seed));

    /// <summary>Plays a script.</summary>
    /// <returns>Whether nothing differed.</returns>
    public bool Compare(ulong seed, ReadOnlySpan<Step> steps)
    {
        int agreed = Agreement(steps);
        int same = SameUntil(steps, agreed);
        if (same < agreed)
        {
            // Once more, and more often: a loaded machine may have moved a timer between two steps.
            for (int i = 0; i < Repetitions && same < agreed; i++)
            {
                _real.Play(steps, _again);
                agreed = Math.Min(agreed, FirstDifference(_first, _again, steps.Length));
            }
        }

        Scripts++;
        Calls += Math.Min(same, agreed);
        Skipped += steps.Length - agreed;
        if (same >= agreed)
        {
            return true;
        }

        Differing++;
        Report(seed, steps);
        return false;
    }

    /// <summary>The script of a seed; the memory is used again by the next.</summary>
    public ReadOnlySpan<Step> ScriptOf(ulong seed) => _generator.Generate(Random64.Mix(seed));

    /// <summary>Plays a script on both kernels.</summary>
    /// <returns>The answers as text, of the fake and of the real one.</returns>
    public (string[] Fake, string[] Real) Play(ReadOnlySpan<Step> steps)
    {
        Answer[] answers = new Answer[steps.Length];
        PlayFake(steps, answers, FakeOptions);
        string[] fake = AnswerText.Of(steps, answers);
        _real.Play(steps, answers);
        return (fake, AnswerText.Of(steps, answers));
    }

    private int Agreement(ReadOnlySpan<Step> steps)
    {
        _real.Play(steps, _first);
        _real.Play(steps, _again);
        return FirstDifference(_first, _again, steps.Length);
    }

    private int SameUntil(ReadOnlySpan<Step> steps, int agreed)
    {
        int same = 0;
        ImmutableArray<WorldOptions> allowed = AllowedOptions;
        for (int i = 0; i < allowed.Length && same < agreed; i++)
        {
            PlayFake(steps, _fake, allowed[i]);
            same = Math.Max(same, FirstDenial(steps, agreed));
        }

        return same;
    }

    private void PlayFake(ReadOnlySpan<Step> steps, Span<Answer> answers, WorldOptions options)
    {
        _world.Reset(options);
        new ScriptRunner<FakeSocketApi>(new FakeSocketApi(_world)).Play(steps, answers);
    }

    private static int FirstDifference(ReadOnlySpan<Answer> one, ReadOnlySpan<Answer> other, int length) =>
        one[..length].CommonPrefixLength(other[..length]);

    /// <summary>The first answer of the real kernel that the fake does not allow.</summary>
    private int FirstDenial(ReadOnlySpan<Step> steps, int length)
    {
        int same = 0;
        while (same < length && Allows(steps[same].Kind, _fake[same], _first[same]))
        {
            same++;
        }

        return same;
    }

    // When an acknowledgement comes is a matter of timers: the fake knows between which bounds.
    private static bool Allows(StepKind kind, Answer fake, Answer real) =>
        fake == real || (kind == StepKind.OutQ && real.Result >= fake.Result && real.Result <= (int)fake.Detail);

    private void Report(ulong seed, ReadOnlySpan<Step> steps)
    {
        const int Kept = 20;
        if (_divergences.Count >= Kept)
        {
            return;
        }

        Step[] shrunk = Shrink(steps);
        (string[] fake, string[] actual) = Play(shrunk);
        (string ofFake, string ofReal) = (string.Join("; ", fake), string.Join("; ", actual));
        string more = ofFake == ofReal ? " (with other bytes)" : "";
        _divergences.Add(new Divergence(seed, ScriptText.Of(shrunk), ofFake, ofReal + more));
    }

    // Leaves out one step after the other, as long as the kernels still differ, and in the last step only.
    private Step[] Shrink(ReadOnlySpan<Step> steps)
    {
        List<Step> kept = [.. steps];
        Differs(kept, out int length);
        kept.RemoveRange(length, kept.Count - length);
        for (int i = kept.Count - 2; i >= 0; i--)
        {
            Step left = kept[i];
            kept.RemoveAt(i);
            if (Differs(kept, out length))
            {
                kept.RemoveRange(length, kept.Count - length);
                i = Math.Min(i, kept.Count - 1);
            }
            else
            {
                kept.Insert(i, left);
            }
        }

        return [.. kept];
    }

    private bool Differs(List<Step> steps, out int length)
    {
        Step[] script = [.. steps];
        int agreed = Agreement(script);
        int same = SameUntil(script, agreed);
        length = Math.Min(same + 1, script.Length);
        return same < agreed;
    }
}
