using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Conformance;

internal sealed partial class ScriptGenerator
{
    private const int WindowBytes = 16_384;
    private const int BufferBytes = 131_072;
    private const int PieceBytes = 5_000;
    private const int SmallestPiece = 1_000;

    // One connection whose buffers are filled to the last byte and emptied again. In between nothing
    // is asked that depends on how much fits.
    private ReadOnlySpan<Step> GenerateFlood(int length)
    {
        bool isUnix = Has(Traits.Unix);
        int epoll = AddNew(StepKind.Epoll, Thing.Epoll);
        int listener = AddNew(isUnix ? StepKind.Unix : StepKind.Tcp, Thing.Listener);
        Add(new Step(StepKind.Bind, listener, 0, 0, 0));
        AddBuffers(listener);
        Add(new Step(StepKind.Listen, listener, 0, 1, 0));
        int client = AddNew(isUnix ? StepKind.Unix : StepKind.Tcp, Thing.Socket);
        AddBuffers(client);
        Add(new Step(StepKind.Connect, client, listener, 0, 0));
        int accepted = NewName();
        Add(new Step(StepKind.Accept, listener, accepted, 0, 0));
        Add(new Step(StepKind.Add, epoll, client, unchecked((int)Interest.Connection), 0));
        Add(new Step(StepKind.Add, epoll, accepted, (int)RandomInterest(), 0));
        while (_count < length)
        {
            AddFloodStep(Chance(50) ? client : accepted, epoll);
        }

        return _steps.AsSpan(0, _count);
    }

    // A window smaller than the send buffer. The other way round a full send buffer waits for nothing
    // but the timer of delayed acknowledgements.
    private void AddBuffers(int socket)
    {
        Add(new Step(StepKind.RcvBuf, socket, 0, WindowBytes, 0));
        Add(new Step(StepKind.SndBuf, socket, 0, BufferBytes, 0));
        if (Has(Traits.LowWater) && !Has(Traits.Unix))
        {
            // Windows more than one, and less than the buffer: so near neither that a segment would decide.
            Add(new Step(StepKind.NotSent, socket, 0, (BufferBytes / 2) + _random.Below(PieceBytes), 0));
        }
    }

    private void AddFloodStep(int one, int epoll)
    {
        switch (_random.Below(16))
        {
            case 0 or 1 or 2 or 3 or 4:
                Add(new Step(StepKind.Fill, one, 0, SmallestPiece + _random.Below(PieceBytes - SmallestPiece), 0));
                break;
            case 5 or 6 or 7 or 8:
                Add(new Step(StepKind.Drain, one, 0, 0, 0));
                break;
            case 9 or 10 or 11:
                Add(new Step(StepKind.Wait, epoll, 0, 1 + _random.Below(3), 0));
                break;
            case 12 or 13:
                Add(new Step(StepKind.Poll, one, 0, 0, 0));
                break;
            case 14:
                Add(new Step(Chance(60) ? StepKind.ShutWr : StepKind.Shut, one, 0, 0, 0));
                break;
            default:
                Add(new Step(Chance(50) ? StepKind.Linger : StepKind.Close, one, 0, 0, 0));
                break;
        }
    }
}
