using System;
using System.Collections.Generic;

namespace Lure.Sim.Conformance.Table;

/// <summary>The lines of a record of what a kernel answers to the scripts of <see cref="CallTable"/>.</summary>
public static class CallRecord
{
    /// <summary>The line above those of a situation.</summary>
    public static string HeadOf(Situation situation) => $"[{situation.Name}] {situation.Script}";

    /// <summary>The line of a call that is not answered the same way each time.</summary>
    public static string Varying(string call) => $"{call} varies";

    /// <summary>What a kernel answers: to the call in full, and a hash of what it answers to the whole script.</summary>
    public static string LineOf<TApi>(ScriptRunner<TApi> kernel, Situation situation, string call)
        where TApi : struct, ISocketApi
    {
        Step[] steps = ScriptText.Parse(CallTable.ScriptOf(situation, call));
        Answer[] answers = new Answer[steps.Length];
        kernel.Play(steps, answers);
        int first = CallTable.StepsBefore(situation);
        int last = first + CallTable.StepsOf(call);
        string told = AnswerText.Recorded(steps.AsSpan()[first..last], answers.AsSpan()[first..last]);
        uint hash = 0;
        foreach (char letter in AnswerText.Recorded(steps, answers))
        {
            hash = (hash ^ letter) * 0x0100_0193;
        }

        return $"{call} = {told} #{hash:x8}";
    }

    /// <summary>What the fake may answer: a real kernel's acknowledgements come by timers, and the fake knows which ways that goes.</summary>
    public static IEnumerable<string> LinesOfTheFake(FakeWorld world, Situation situation, string call)
    {
        ArgumentNullException.ThrowIfNull(world);
        foreach (WorldOptions options in Conformer<FakeSocketApi>.AllowedOptions)
        {
            world.Reset(options);
            yield return LineOf(new ScriptRunner<FakeSocketApi>(new FakeSocketApi(world)), situation, call);
        }
    }
}
