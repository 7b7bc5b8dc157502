using Lure.Core.Kernel;
using Lure.Sim.Driving;

namespace Lure.Sim.Scripts;

/// <summary>One thing that a script makes happen, pinned to a call.</summary>
/// <param name="Call">Number of the call, of all workers, from 1 on.</param>
/// <param name="Moment">Where in it.</param>
/// <param name="Round">Of a wait: how often it has found nothing by then.</param>
/// <param name="Act">What.</param>
/// <param name="Actor">To whom or by whom, of an act that is a peer's.</param>
/// <param name="Number">Which server, worker, descriptor or place, of an act that is about one; from 0 on.</param>
/// <param name="Value">How much: bytes, ms, an errno, bits.</param>
public readonly record struct Pin(
    long Call,
    Moment Moment,
    int Round,
    Act Act,
    ActorName Actor = default,
    int Number = 0,
    long Value = 0
)
{
    /// <summary>Whether acts of this kind are a peer's.</summary>
    public static bool IsOfPeer(Act act) => act is Act.Step or Act.Clog or Act.Unclog or Act.Reset or Act.Stale;

    /// <summary>Of a stale report: which of the two descriptors of the client's session.</summary>
    public Side Side => (Side)Number;
}
