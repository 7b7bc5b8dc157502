namespace Lure.Sim.Conformance;

/// <summary>What follows the word of a step.</summary>
/// <param name="Names">0 to 2.</param>
/// <param name="Numbers">0 to 2.</param>
/// <param name="HasMask">A mask of epoll, instead of numbers.</param>
internal readonly record struct StepShape(int Names, int Numbers, bool HasMask)
{
    public static StepShape Of(StepKind kind) =>
        kind switch
        {
            StepKind.Pipe or StepKind.Accept or StepKind.Dup or StepKind.Connect or StepKind.Del => new(2, 0, false),
            StepKind.Add or StepKind.Mod => new(2, 0, true),
            StepKind.Splice => new(2, 1, false),
            StepKind.WriteV or StepKind.ReadV => new(1, 2, false),
            StepKind.Limit => new(0, 1, false),
            StepKind.Listen
            or StepKind.Send
            or StepKind.Pass
            or StepKind.Recv
            or StepKind.Peek
            or StepKind.Linger
            or StepKind.LoWat
            or StepKind.NotSent
            or StepKind.Inline
            or StepKind.SndBuf
            or StepKind.RcvBuf
            or StepKind.PipeSize
            or StepKind.Wait
            or StepKind.Fill => new(1, 1, false),
            _ => new(1, 0, false),
        };
}
