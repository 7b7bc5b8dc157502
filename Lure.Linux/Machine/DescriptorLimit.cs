using Lure.Linux.Kernel;

namespace Lure.Linux.Machine;

/// <summary>How many descriptors the process may have (RLIMIT_NOFILE, getrlimit(2)).</summary>
internal static unsafe class DescriptorLimit
{
    /// <summary>
    /// Raises the soft limit to the hard one, as everybody may, and tells what holds then. The soft
    /// one is 1024 almost everywhere for the sake of select(2), which is not used here.
    /// </summary>
    public static int Raise()
    {
        ResourceLimit limit;
        if (Libc.GetResourceLimit(LinuxConstants.ResourceDescriptors, &limit) < 0)
        {
            return 0;
        }

        ulong before = limit.Soft;
        limit.Soft = limit.Hard;
        bool raised = Libc.SetResourceLimit(LinuxConstants.ResourceDescriptors, &limit) == 0;
        ulong now = raised ? limit.Hard : before;
        return now > int.MaxValue ? int.MaxValue : (int)now;
    }
}
