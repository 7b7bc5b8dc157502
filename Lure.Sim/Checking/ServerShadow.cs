namespace Lure.Sim.Checking;

/// <summary>What is known of a server from the attempts to reach it.</summary>
internal sealed class ServerShadow
{
    public int Backend;

    /// <summary>Attempts and sessions that have a descriptor to it.</summary>
    public int Live;

    /// <summary>Attempts that failed by its fault since the last one that worked.</summary>
    public int Failures;

    /// <summary>ns: until when it is left out.</summary>
    public long EjectedUntil;

    /// <summary>A record of its ejection is due.</summary>
    public bool EjectionDue;
    public int MaxSessions;
    public bool Backup;

    public void Clear(int backend, int maxSessions, bool backup)
    {
        (Backend, MaxSessions, Backup) = (backend, maxSessions, backup);
        (Live, Failures, EjectedUntil, EjectionDue) = (0, 0, 0, false);
    }
}
