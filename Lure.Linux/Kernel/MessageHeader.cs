using System.Runtime.InteropServices;
using Lure.Core.Kernel;

namespace Lure.Linux.Kernel;

/// <summary>struct msghdr (recvmsg(2), sendmsg(2)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint Count;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}
