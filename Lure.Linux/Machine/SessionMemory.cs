namespace Lure.Linux.Machine;

/// <summary>What a session may take of this process's memory. The kernel's socket buffers are not in it.</summary>
internal static class SessionMemory
{
    /// <summary>64 hot, 128 details, links and a share of the tables.</summary>
    private const int StateBytes = 256;

    private const int Directions = 2;

    /// <param name="blockBytes">Of one block; a direction whose receiver is stuck holds one.</param>
    public static int BytesAtMost(int blockBytes) => StateBytes + (Directions * blockBytes);
}
