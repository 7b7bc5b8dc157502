using System;
using System.Collections.Generic;
using System.Linq;

namespace Lure.Sim.Conformance.Table;

/// <summary>One call in one situation, ready to be played.</summary>
public sealed class CallScript
{
    // The order matters: what takes an error or a byte comes behind what only looks.
    private const string WatchOfThePeer = "epoll e; pipe r w; writev w 9 0; add e y IN|PRI|OUT|RDHUP|ET";
    private const string Watch = WatchOfThePeer + "; add e x IN|PRI|OUT|RDHUP|ET; wait e 5";
    private const string Look = "wait e 5; poll x; poll y; outq x; peer x; peek x 9; peek y 9; wait e 5";
    private const string Rest =
        "send x 2; send y 3; wait e 5; error x; error y; inq y; close x; poll y; recv y 5; send y 1; error y; wait e 5";
    private const string After = "inq x; " + Look + "; recv x 9000; recv y 9000; " + Rest;
    private const string AfterDraining = Look + "; drain y; drain x; " + Rest;

    private readonly Step[] _steps;
    private readonly Answer[] _answers;
    private readonly Range _called;

    public CallScript(Situation situation, string call)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(call);
        Call = call;
        Step[] before = ScriptText.Parse(
            $"{situation.Script}; {(situation.LeftOut.Contains("add") ? WatchOfThePeer : Watch)}"
        );
        Step[] called = ScriptText.Parse(call);
        Step[] after = ScriptText.Parse(situation.LeftOut.Contains("recv") ? AfterDraining : After);
        _steps = [.. before, .. called, .. after];
        _answers = new Answer[_steps.Length];
        _called = before.Length..(before.Length + called.Length);
    }

    public string Call { get; }

    /// <summary>The line of a record for a call that is not answered the same way each time.</summary>
    public string Varying => $"{Call} varies";

    /// <summary>As `lure conform --script` takes it.</summary>
    public string Text => ScriptText.Of(_steps);

    /// <summary>What a kernel answers, as a line of a record: to the call in full, and a hash of all its answers.</summary>
    public string LineOf<TApi>(ScriptRunner<TApi> kernel)
        where TApi : struct, ISocketApi
    {
        ArgumentNullException.ThrowIfNull(kernel);
        kernel.Play(_steps, _answers);
        string told = AnswerText.Recorded(_steps.AsSpan()[_called], _answers.AsSpan()[_called]);
        return $"{Call} = {told} #{Hash():x8}";
    }

    /// <summary>What the fake may answer: a real kernel's acknowledgements come by timers, and the fake knows which ways that goes.</summary>
    public IEnumerable<string> LinesOfTheFake(FakeWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        foreach (WorldOptions options in Conformer<FakeSocketApi>.AllowedOptions)
        {
            world.Reset(options);
            yield return LineOf(new ScriptRunner<FakeSocketApi>(new FakeSocketApi(world)));
        }
    }

    private uint Hash()
    {
        ulong hash = 0;
        for (int i = 0; i < _steps.Length; i++)
        {
            // Of SIOCOUTQ this is only what could have been answered as well.
            ulong detail = _steps[i].Kind == StepKind.OutQ ? 0 : _answers[i].Detail;
            hash = ((hash ^ (uint)_answers[i].Result) * 0x0000_0100_0000_01B3) ^ detail;
            hash = (hash ^ (hash >> 29)) * 0xBF58_476D_1CE4_E5B9;
        }

        return (uint)(hash >> 32);
    }
}
