using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Lure.EndToEnd.Tests;

/// <summary>The few calls that the base library has no name for.</summary>
internal static partial class Kernel
{
    private const int DescriptorLimit = 7;
    private const nuint OutQueue = 0x5411;

    /// <summary>Sends a signal (kill(2)).</summary>
    public static void Signal(int process, Signal signal) => Succeed(Kill(process, (int)signal));

    /// <summary>Bytes sent and not yet acknowledged by the other kernel (SIOCOUTQ, tcp(7)).</summary>
    public static int Unacknowledged(SafeHandle socket)
    {
        Succeed(IoControl(socket, OutQueue, out var bytes));
        return bytes;
    }

    /// <summary>Sets the soft limit of descriptors of a running process (prlimit(2)); returns the one before.</summary>
    public static ulong LimitDescriptors(int process, ulong soft)
    {
        Succeed(ReadLimit(process, DescriptorLimit, 0, out var old));
        var wanted = old with { Soft = soft };
        Succeed(WriteLimit(process, DescriptorLimit, in wanted, 0));
        return old.Soft;
    }

    private static void Succeed(int result)
    {
        if (result < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int IoControl(SafeHandle descriptor, nuint request, out int value);

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReadLimit(int process, int resource, nint wanted, out Limit old);

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WriteLimit(int process, int resource, in Limit wanted, nint old);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(ulong Soft, ulong Hard);
}

/// <summary>Signals by their numbers on x86-64 (signal(7)).</summary>
internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
