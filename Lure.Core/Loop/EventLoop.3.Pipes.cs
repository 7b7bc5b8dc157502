using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <content>The end of pipes: one that holds bytes of a session that is over, and all of them with the loop.</content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    /// <summary>Who is given a pipe next delivers what is in it: so it is given back empty or not at all.</summary>
    private void GiveUpPipe(int pipe, int owner)
    {
        if (_pipes.Length(pipe, owner) == 0)
        {
            _pipes.Return(pipe, owner);
            return;
        }

        _kernel.Mark(MarkId.PipeDiscarded);
        ClosePipe(pipe, owner);
    }

    private void ClosePipes()
    {
        const int Nobody = -1;
        for (int pipe = _pipes.Take(Nobody); pipe != 0; pipe = _pipes.Take(Nobody))
        {
            ClosePipe(pipe, Nobody);
        }
    }

    private void ClosePipe(int pipe, int owner)
    {
        _ = _kernel.Close(_pipes.WriteEnd(pipe, owner));
        _ = _kernel.Close(_pipes.ReadEnd(pipe, owner));
        _pipes.Discard(pipe, owner);
    }
}
