using Lure.Core.Kernel;

namespace Lure.Linux.Kernel.Batches;

/// <summary>Why io_uring is not used, in words: cause and cure, without a quote.</summary>
internal static class RingRefusal
{
    /// <param name="errno">Of io_uring_setup(2), mmap(2) or io_uring_enter(2), as <see cref="BatchCounters.Refusal"/> has it.</param>
    public static string Explain(int errno) =>
        errno switch
        {
            Errno.NotPermitted =>
                "io_uring is forbidden here (EPERM), by a seccomp profile or the sysctl kernel.io_uring_disabled: allow it, or set batch = calls in [process]",
            Errno.NoSystemCall =>
                "this kernel has no io_uring, or a seccomp profile hides it (ENOSYS): allow it, or set batch = calls in [process]",
            Errno.Invalid =>
                "this kernel's io_uring is too old (EINVAL): it takes Linux 6.1, or set batch = calls in [process]",
            Errno.InputOutput =>
                "io_uring left a call running that should have been complete, so it is not used any more: set batch = calls in [process], and please report the version of the kernel",
            _ => $"io_uring refused with {ErrnoName.Of(errno)}: set batch = calls in [process] if it comes back",
        };
}
