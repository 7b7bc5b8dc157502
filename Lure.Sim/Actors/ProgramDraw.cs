using System;
using System.Collections.Generic;
using Lure.Sim.Entropy;
using Lure.Sim.Faults;
using Lure.Sim.Running;

namespace Lure.Sim.Actors;

/// <summary>The programs of a seed's peers. What they say is drawn anew for each, how they behave on the whole once.</summary>
internal sealed class ProgramDraw : IServerPrograms
{
    private Tape _tape = null!;
    private Swarm _swarm = null!;
    private int _block;
    private int _most;
    private int _echoes;

    /// <param name="tape">Where choices come from.</param>
    /// <param name="swarm">Which ways to behave occur.</param>
    /// <param name="blockBytes">The relay's.</param>
    /// <param name="perTurn">Bytes that a direction may move in a turn.</param>
    public void Begin(Tape tape, Swarm swarm, int blockBytes, int perTurn)
    {
        (_tape, _swarm) = (tape, swarm);
        // Many calls for few bytes would tell no more than a few calls.
        bool bulk = perTurn >= PlanDraw.BulkBytes;
        int least = bulk ? 11 : 0;
        int reach = bulk || tape.Chance(16) ? 15 : 11;
        _most = Math.Min(64 << (least + tape.Below(reach - least)), 128 * Math.Min(blockBytes, perTurn));
        _block = Math.Min(blockBytes, Math.Max(2, _most / 2));
        _echoes = 32 << tape.Below(3);
    }

    public void Write(int server, int ordinal, bool unix, List<Step> program)
    {
        program.Add(new Step(Verb.Accept));
        if (_tape.Chance(_echoes))
        {
            program.Add(new Step(Verb.Echo));
            program.Add(new Step(Verb.Finish));
            program.Add(new Step(Verb.Close));
            return;
        }

        WriteMiddle(program, unix);
        WriteEnd(program);
    }

    public void WriteClient(bool unix, List<Step> program)
    {
        program.Add(new Step(Verb.Connect));
        WriteMiddle(program, unix);
        WriteEnd(program);
    }

    private void WriteMiddle(List<Step> program, bool unix)
    {
        int steps = _tape.Below(5);
        for (int i = 0; i < steps; i++)
        {
            switch (_tape.Below(16))
            {
                case < 7:
                    program.Add(new Step(Verb.Send, Size()));
                    break;
                case < 10:
                    program.Add(new Step(Verb.Receive, Math.Max(1, Size())));
                    break;
                case 11:
                    program.Add(new Step(Verb.Pause, _tape.LogUniform(300)));
                    break;
                case 12:
                    program.Add(new Step(Verb.WaitOutput));
                    break;
                case 13:
                    program.Add(new Step(Verb.WaitInput));
                    break;
                case 10 when unix && _swarm.IsEnabled(Fault.PassedDescriptor):
                    // Behind what is passed there is more at once.
                    program.Add(new Step(Verb.SendRights, Math.Max(1, Size())));
                    program.Add(new Step(Verb.Send, Size()));
                    break;
                case 10 when !unix && _swarm.IsEnabled(Fault.Urgent):
                    program.Add(new Step(Verb.Send, Size()));
                    program.Add(new Step(Verb.Urgent));
                    program.Add(new Step(Verb.Send, Size()));
                    break;
                case 14 when _swarm.IsEnabled(Fault.Clog):
                    program.Add(new Step(Verb.Window, _tape.Below(16)));
                    program.Add(new Step(Verb.Pause, _tape.LogUniform(100)));
                    program.Add(new Step(Verb.Window, _tape.LogUniform(1 << 14)));
                    break;
                case 15 when _swarm.IsEnabled(Fault.FinPosition):
                    // What is sent arrives at once, and the FIN with it.
                    program.Add(new Step(Verb.Hold));
                    program.Add(new Step(Verb.Send, Size()));
                    program.Add(new Step(Verb.Finish));
                    program.Add(new Step(Verb.Release));
                    break;
                case 10:
                    program.Add(new Step(Verb.Receive, Math.Max(1, Size())));
                    break;
                default:
                    program.Add(new Step(Verb.Send, Size()));
                    break;
            }
        }
    }

    private void WriteEnd(List<Step> program)
    {
        int kind = _tape.Below(8);
        if (kind < 4)
        {
            Add(program, Verb.Finish, Verb.Receive, Verb.Close);
        }
        else if (kind < 6 || !_swarm.Injures)
        {
            Add(program, Verb.Receive, Verb.Finish, Verb.Close);
        }
        else if (kind == 6 && _swarm.IsEnabled(Fault.Reset))
        {
            Add(program, Verb.LingerOff, Verb.Close);
        }
        else if (_swarm.IsEnabled(Fault.RudePeer))
        {
            WriteRudeEnd(program);
        }
        else
        {
            Add(program, Verb.Finish, Verb.Receive, Verb.Close);
        }
    }

    private void WriteRudeEnd(List<Step> program)
    {
        switch (_tape.Below(4))
        {
            case 0:
                Add(program, Verb.Close);
                break;
            case 1:
                Add(program, Verb.StopReading, Verb.Finish, Verb.Receive, Verb.Close);
                break;
            case 2:
                Add(program, Verb.Finish, Verb.Close);
                break;
            default:
                Add(program, Verb.Finish, Verb.WaitInput, Verb.LingerOff, Verb.Close);
                break;
        }
    }

    private static void Add(List<Step> program, params ReadOnlySpan<Verb> verbs)
    {
        foreach (Verb verb in verbs)
        {
            program.Add(new Step(verb));
        }
    }

    /// <summary>Sizes around those at which something ends: nothing, one, a block, two.</summary>
    private int Size() =>
        _tape.Below(8) switch
        {
            0 => 1,
            1 => Math.Max(1, _block - 1),
            2 => _block,
            3 => _block + 1,
            4 => 2 * _block,
            5 => 1 + _tape.Below(8),
            _ => _tape.LogUniform(_most),
        };
}
