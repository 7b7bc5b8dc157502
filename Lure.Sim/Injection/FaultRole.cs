namespace Lure.Sim.Injection;

internal enum FaultRole
{
    /// <summary>The call does nothing and gives this answer.</summary>
    Answer,

    /// <summary>The call moves at most this many bytes.</summary>
    Limit,
    Before,
    After,
}
