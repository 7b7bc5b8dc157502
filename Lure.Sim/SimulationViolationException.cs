using System;

namespace Lure.Sim;

/// <summary>The code under test broke a rule of the seam: a descriptor misused, an empty operation, two reads in a batch.</summary>
public sealed class SimulationViolationException : Exception
{
    public SimulationViolationException() { }

    public SimulationViolationException(string message)
        : base(message) { }

    public SimulationViolationException(string message, Exception innerException)
        : base(message, innerException) { }
}
