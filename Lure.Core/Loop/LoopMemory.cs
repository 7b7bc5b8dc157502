using Lure.Core.Backends;

namespace Lure.Core.Loop;

/// <summary>What a loop takes from its arena.</summary>
public static class LoopMemory
{
    /// <summary>Address space in bytes; pages come on first use.</summary>
    public static nuint BytesRequired(LoopOptions options, Topology topology) => 64;
}
