using System.Runtime.InteropServices;
using Lure.Analyzers;
using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <summary>A session's part in the batch that is being executed.</summary>
[HotPath]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BatchEntry
{
    public int Slot;

    /// <summary>By source: the second block that a vectored read was given; 0 for none.</summary>
    public fixed int Spare[2];

    private fixed bool _moved[2];

    /// <summary>A read of this batch brought bytes.</summary>
    public readonly bool Moved(Side source) => _moved[(int)source];

    public void SetMoved(Side source) => _moved[(int)source] = true;
}
