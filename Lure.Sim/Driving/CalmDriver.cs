namespace Lure.Sim.Driving;

/// <summary>Nothing happens but what the peers do by themselves when the relay sleeps.</summary>
internal sealed class CalmDriver : Driver
{
    /// <inheritdoc/>
    public override bool Next(in Point point, out Intervention what)
    {
        what = default;
        return false;
    }
}
