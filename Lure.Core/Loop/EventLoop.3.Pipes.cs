using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <content>The end of pipes: one that holds bytes of a session that is over, and all of them with the loop.</content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    /// <summary>
    /// Who is given a pipe next delivers what is in it, so one that holds bytes is not given back. One
    /// that holds none has been: no direction keeps it beyond its batch.
    /// </summary>
    private void GiveUpPipe(int pipe, int owner)
    {
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
