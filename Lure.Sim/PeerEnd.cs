namespace Lure.Sim;

/// <summary>How a direction ended, as the receiving side saw it.</summary>
public enum PeerEnd
{
    None,
    Fin,
    Reset,
}
