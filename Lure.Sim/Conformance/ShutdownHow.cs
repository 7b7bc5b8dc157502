namespace Lure.Sim.Conformance;

/// <summary>What shutdown(2) shuts; the values are SHUT_RD, SHUT_WR, SHUT_RDWR.</summary>
public enum ShutdownHow
{
    Read = 0,
    Write = 1,
    Both = 2,
}
