namespace Lure.Sim.Conformance;

internal sealed partial class ScriptGenerator
{
    private void AddPipeStep()
    {
        int readEnd = Pick(Thing.ReadEnd);
        int writeEnd = Pick(Thing.WriteEnd);
        if (readEnd < 0 || Chance(6))
        {
            AddPipe();
            return;
        }

        switch (_random.Below(9))
        {
            case 8:
                Add(new Step(StepKind.Splice, readEnd, writeEnd, 1 + _random.Below(4000), 0));
                break;
            case 0 or 1:
                Add(new Step(StepKind.Splice, AnySocket(), writeEnd, 1 + _random.Below(4000), 0));
                break;
            case 2 or 3:
                Add(new Step(StepKind.Splice, readEnd, AnySocket(), 1 + _random.Below(4000), 0));
                break;
            case 4:
                int size = SendSize();
                Add(new Step(StepKind.WriteV, writeEnd, 0, size / 2, size - (size / 2)));
                break;
            case 5:
                Add(new Step(StepKind.ReadV, readEnd, 0, Size(), Size()));
                break;
            case 6:
                Add(new Step(Chance(50) ? StepKind.Poll : StepKind.InQ, Chance(50) ? readEnd : writeEnd, 0, 0, 0));
                break;
            default:
                Add(new Step(StepKind.Close, Chance(50) ? readEnd : writeEnd, 0, 0, 0));
                break;
        }
    }

    private void AddPipe()
    {
        int readEnd = NewName();
        int writeEnd = NewName();
        if (writeEnd >= 0)
        {
            (_things[readEnd], _things[writeEnd]) = (Thing.ReadEnd, Thing.WriteEnd);
            Add(new Step(StepKind.Pipe, readEnd, writeEnd, 0, 0));
        }
    }
}
