using Lure.Core.Backends;
using Lure.Core.Memory;

namespace Lure.Core.Loop;

/// <summary>How much memory a loop has to be given.</summary>
public static class LoopMemory
{
    /// <summary>Address space in bytes; pages come on first use.</summary>
    public static nuint BytesRequired(LoopOptions options, Topology topology)
    {
        Arena arena = Arena.Measuring;
        _ = LoopLayout.Lay(ref arena, options, topology);
        return arena.Used;
    }
}
