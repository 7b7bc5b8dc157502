using Lure.Core.Kernel;
using Lure.Sim.Descriptors;

namespace Lure.Sim.Sockets;

/// <summary>One descriptor of a pipe (pipe(7)).</summary>
internal sealed class PipeEnd(Pipe pipe, bool writes) : OpenFile
{
    public Pipe Pipe => pipe;

    public bool Writes => writes;

    /// <inheritdoc/>
    public override Readiness Poll()
    {
        if (writes)
        {
            Readiness space = pipe.FreeFor(1) > 0 ? Readiness.Out : Readiness.None;
            return pipe.ReaderClosed ? space | Readiness.Error : space;
        }

        Readiness data = pipe.Count > 0 ? Readiness.In : Readiness.None;
        return pipe.WriterClosed ? data | Readiness.HangUp : data;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        if (writes)
        {
            pipe.WriterClosed = true;
        }
        else
        {
            pipe.ReaderClosed = true;
        }
    }
}
