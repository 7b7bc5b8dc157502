using System;
using Lure.Analyzers;
using Lure.Core.Kernel;
using Tmds.Linux;

namespace Lure.Linux.Kernel.Batches;

/// <summary>An io_uring of the thread that opened it; no other thread may enter it.</summary>
/// <remarks>
/// Sockets are not registered with it: a registered one outlives its close(2), and no FIN is sent.
/// </remarks>
[HotPath]
internal readonly unsafe struct IoUring : IRingKernel, IDisposable
{
    private const int PageBytes = 4096;

    private readonly int _fd;
    private readonly int* _errno;
    private readonly byte* _map;
    private readonly nuint _mapBytes;
    private readonly nuint _entryBytes;

    private IoUring(int fd, int* errno, byte* map, nuint mapBytes, RingEntry* entries, in RingParameters parameters)
    {
        _fd = fd;
        _errno = errno;
        _map = map;
        _mapBytes = mapBytes;
        _entryBytes = parameters.SubmissionEntries * (nuint)sizeof(RingEntry);
        Queues = new RingQueues
        {
            EntryHead = (uint*)(map + parameters.Submission.Head),
            EntryTail = (uint*)(map + parameters.Submission.Tail),
            EntryCount = parameters.SubmissionEntries,
            Entries = entries,
            CompletionHead = (uint*)(map + parameters.Completion.Head),
            CompletionTail = (uint*)(map + parameters.Completion.Tail),
            CompletionMask = *(uint*)(map + parameters.Completion.Mask),
            Completions = (RingCompletion*)(map + parameters.Completion.Completions),
        };
        uint* order = (uint*)(map + parameters.Submission.Array);
        for (uint i = 0; i < parameters.SubmissionEntries; i++)
        {
            order[i] = i;
        }
    }

    /// <inheritdoc/>
    public RingQueues Queues { get; }

    /// <summary>Makes a ring for the calling thread.</summary>
    /// <param name="entries">At least; the kernel rounds up to a power of two.</param>
    /// <param name="ring">The ring, if the answer is 0.</param>
    /// <returns>
    /// 0; -ENOSYS or -EPERM where there is none or it is forbidden; -EINVAL on a kernel before 6.1;
    /// or that of mmap(2).
    /// </returns>
    [ColdPath("once in the life of a worker", perTurnMax: 0)]
    public static int Open(uint entries, out IoUring ring)
    {
        ring = default;
        RingParameters parameters = new()
        {
            Flags = RingConstants.SetupSubmitAll | RingConstants.SetupSingleIssuer | RingConstants.SetupDeferTaskRun,
        };
        int fd = (int)Libc.SystemCall(RingConstants.CallSetup, (nint)entries, (nint)(&parameters), 0, 0, 0, 0);
        if (fd < 0)
        {
            return -LibC.errno;
        }

        const uint Needed = RingConstants.FeatureSingleMap | RingConstants.FeatureNoDrop;
        int result = (parameters.Features & Needed) == Needed ? Map(fd, parameters, out ring) : -Errno.Invalid;
        if (result < 0)
        {
            _ = Libc.Close(fd);
        }

        return result;
    }

    /// <summary>Makes a ring and gives it back.</summary>
    /// <returns>0, or the errno of the refusal.</returns>
    [ColdPath("for a command that tells of it", perTurnMax: 0)]
    public static int Probe()
    {
        int opened = Open(entries: 2, out IoUring ring);
        if (opened == 0)
        {
            ring.Dispose();
        }

        return -opened;
    }

    /// <inheritdoc/>
    public int Enter(uint count)
    {
        int taken = (int)
            Libc.EnterRing(RingConstants.CallEnter, _fd, (nint)count, 0, (nint)RingConstants.EnterGetEvents, null, 0);
        return taken < 0 ? -*_errno : taken;
    }

    [ColdPath("once in the life of a worker", perTurnMax: 0)]
    public void Dispose()
    {
        _ = LibC.munmap(Queues.Entries, (size_t)(ulong)_entryBytes);
        _ = LibC.munmap(_map, (size_t)(ulong)_mapBytes);
        _ = Libc.Close(_fd);
    }

    [ColdPath("once in the life of a worker", perTurnMax: 0)]
    private static int Map(int fd, in RingParameters parameters, out IoUring ring)
    {
        ring = default;
        nuint ends = Math.Max(
            parameters.Submission.Array + (parameters.SubmissionEntries * (nuint)sizeof(uint)),
            parameters.Completion.Completions + (parameters.CompletionEntries * (nuint)sizeof(RingCompletion))
        );
        nuint bytes = (ends + PageBytes - 1) & ~(nuint)(PageBytes - 1);
        byte* map = Map(fd, bytes, RingConstants.OffsetQueues);
        if (map is null)
        {
            return -LibC.errno;
        }

        byte* entries = Map(fd, parameters.SubmissionEntries * (nuint)sizeof(RingEntry), RingConstants.OffsetEntries);
        if (entries is null)
        {
            int errno = LibC.errno;
            _ = LibC.munmap(map, (size_t)(ulong)bytes);
            return -errno;
        }

        ring = new IoUring(fd, Libc.ErrnoLocation(), map, bytes, (RingEntry*)entries, parameters);
        return 0;
    }

    [ColdPath("once in the life of a worker", perTurnMax: 0)]
    private static byte* Map(int fd, nuint bytes, long offset)
    {
        const int Protection = LinuxConstants.ProtectRead | LinuxConstants.ProtectWrite;
        const int Flags = RingConstants.MapShared | RingConstants.MapPopulate;
        void* start = LibC.mmap(null, (size_t)(ulong)bytes, Protection, Flags, fd, offset);
        return start == (void*)-1 ? null : (byte*)start;
    }
}
