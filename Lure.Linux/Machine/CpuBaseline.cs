using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Lure.Linux.Machine;

/// <summary>
/// The instructions that the program is compiled for: x86-64-v2, every processor since about 2009.
/// The published binary asks its processor before any code of ours runs and ends with a line of its
/// own; this check is for a build that is compiled when it starts.
/// </summary>
internal static class CpuBaseline
{
    private const int Sse3 = 1 << 0;
    private const int Ssse3 = 1 << 9;
    private const int CompareExchange16 = 1 << 13;
    private const int Sse41 = 1 << 19;
    private const int Sse42 = 1 << 20;
    private const int PopulationCount = 1 << 23;
    private const int Required = Sse3 | Ssse3 | CompareExchange16 | Sse41 | Sse42 | PopulationCount;

    /// <returns>One line for the user; null when the processor is new enough.</returns>
    /// <remarks>
    /// Asks the processor itself: what the compiler says (Sse42.IsSupported) is a constant in code
    /// that was compiled for it.
    /// </remarks>
    public static string? Complaint()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return null;
        }

        (_, _, int features, _) = X86Base.CpuId(1, 0);
        return Complaint(features);
    }

    /// <param name="features">ECX of CPUID leaf 1.</param>
    internal static string? Complaint(int features) =>
        (features & Required) == Required
            ? null
            : "this processor is older than x86-64-v2 (SSE4.2 and POPCNT are needed): lure cannot run on it";
}
