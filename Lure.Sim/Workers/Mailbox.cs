using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Sim.Descriptors;

namespace Lure.Sim.Workers;

/// <summary>The commands for one worker; a post wakes it, as an eventfd does that is watched by edges.</summary>
internal sealed class Mailbox : OpenFile
{
    private readonly Queue<Command> _commands = new();

    public void Post(Command command)
    {
        _commands.Enqueue(command);
        Wake(Readiness.In);
    }

    public bool TryTake(out Command command) => _commands.TryDequeue(out command);

    /// <inheritdoc/>
    public override Readiness Poll() => _commands.Count > 0 ? Readiness.In : Readiness.None;

    /// <inheritdoc/>
    public override void Close() => _commands.Clear();
}
