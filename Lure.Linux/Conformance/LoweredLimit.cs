using Lure.Linux.Kernel;

namespace Lure.Linux.Conformance;

/// <summary>RLIMIT_NOFILE of this process, lowered for a script. The hard limit stays, so it can be raised again.</summary>
internal sealed unsafe class LoweredLimit
{
    private readonly int _first = FirstFree();
    private ulong? _before;

    /// <param name="count">Numbers from the one that was free first when this was made; negative for the limit of before.</param>
    /// <returns>0 or minus errno.</returns>
    public int Set(int count)
    {
        if (count < 0 && _before is null)
        {
            return 0;
        }

        ResourceLimit limit;
        if (Libc.GetResourceLimit(LinuxConstants.ResourceDescriptors, &limit) < 0)
        {
            return -*Libc.ErrnoLocation();
        }

        _before ??= limit.Soft;
        limit.Soft = count < 0 ? _before.Value : (ulong)(_first + count);
        return Libc.SetResourceLimit(LinuxConstants.ResourceDescriptors, &limit) < 0 ? -*Libc.ErrnoLocation() : 0;
    }

    private static int FirstFree()
    {
        int fd = SocketCalls.MakeEpoll(LinuxConstants.EpollCloseOnExec);
        _ = Libc.Close(fd);
        return fd;
    }
}
