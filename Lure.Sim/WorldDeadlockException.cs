using System;

namespace Lure.Sim;

/// <summary>A worker waits without an end, and nothing in its world can ever wake it.</summary>
public sealed class WorldDeadlockException : Exception
{
    public WorldDeadlockException() { }

    public WorldDeadlockException(string message)
        : base(message) { }

    public WorldDeadlockException(string message, Exception innerException)
        : base(message, innerException) { }
}
