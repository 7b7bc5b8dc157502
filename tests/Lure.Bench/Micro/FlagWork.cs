using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Bench.Micro;

/// <summary>A session from its accept to its end, in transitions of its flags.</summary>
internal sealed class FlagWork : MicroWork
{
    private ulong _seen;

    public override void Run(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            ConnectionFlags flags = Transitions.ConnectStarted(Transitions.Accepted());
            flags = Transitions.Reported(flags, Side.Server, Readiness.Out);
            flags = Transitions.ConnectAnswered(flags);
            flags = Relay(flags, Side.Client);
            flags = Relay(flags, Side.Server);
            flags = End(flags, Side.Client);
            flags = End(flags, Side.Server);
            _seen += (ulong)flags;
        }
    }

    private static ConnectionFlags Relay(ConnectionFlags flags, Side source)
    {
        Side target = source.Other();
        flags = Transitions.Reported(flags, source, Readiness.In);
        flags = Decisions.WantsRead(flags, source)
            ? Transitions.Received(flags, source, Reading.Partial, full: false)
            : flags;
        flags = Decisions.WantsWrite(flags, target) ? Transitions.Sent(flags, target, Writing.All) : flags;
        return Transitions.Settle(flags);
    }

    private static ConnectionFlags End(ConnectionFlags flags, Side source)
    {
        flags = Transitions.Reported(flags, source, Readiness.In | Readiness.ReadHangUp);
        return Transitions.Settle(Transitions.Received(flags, source, Reading.End, full: false));
    }
}
