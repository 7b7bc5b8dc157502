using Lure.Core.Kernel;
using Lure.Sim.Descriptors;

namespace Lure.Sim.Sockets;

/// <summary>One descriptor of a pipe (pipe(7)).</summary>
internal sealed class PipeEnd(Pipe pipe, bool writes) : OpenFile
{
    public Pipe Pipe => pipe;

    public bool Writes => writes;

    /// <inheritdoc/>
    public override Readiness Poll() => writes ? pipe.PollWriter() : pipe.PollReader();

    /// <inheritdoc/>
    public override void Close() => pipe.CloseEnd(this);

    /// <summary>Tells those who watch this end (pipe_read and pipe_write wake by key).</summary>
    public void Tell(Readiness key) => Wake(key);
}
