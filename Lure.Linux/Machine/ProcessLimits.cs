using System;
using System.Collections.Immutable;
using Lure.Linux.Configuration;
using Lure.Linux.Relay;

namespace Lure.Linux.Machine;

/// <summary>A limit that was asked for, or the least that is needed, and that this machine does not give.</summary>
/// <param name="Subject">The setting or the resource.</param>
/// <param name="Cause">What is wrong.</param>
/// <param name="Cure">What to do about it.</param>
internal sealed record LimitError(string Subject, string Cause, string Cure) : StartError(Cause, Cure)
{
    /// <inheritdoc/>
    public override string Message => $"{Subject}: {Cause}; {Cure}";
}

/// <summary>What is asked for, and what has to fit beside it.</summary>
internal sealed record LimitRequest
{
    /// <summary>Null: as the machine allows.</summary>
    public int? Workers { get; init; }

    /// <summary>Live sessions; null: as the machine allows.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Pipes of each worker; null: the usual number, or less where descriptors are few.</summary>
    public int? Pipes { get; init; }

    /// <summary>Addresses with a socket per worker.</summary>
    public int TcpListeners { get; init; }

    /// <summary>Addresses with one socket.</summary>
    public int UnixListeners { get; init; }

    /// <summary>Bytes that a session takes when both its directions are stuck: two blocks and its state.</summary>
    public required int BytesPerSession { get; init; }
}

/// <summary>The bounds that the process runs with.</summary>
/// <param name="Cpus">One entry per worker: the CPU that it is pinned to, or null.</param>
/// <param name="MaxConnections">Live sessions.</param>
/// <param name="Pipes">Pipes that each worker may have for bulk streams.</param>
/// <param name="SessionDescriptors">Descriptors that sessions may hold; those of pipes are set aside before.</param>
/// <param name="SessionMemory">Bytes that sessions may take, when every one of them is stuck both ways.</param>
internal sealed record ProcessLimits(
    ImmutableArray<int?> Cpus,
    int MaxConnections,
    int Pipes,
    int SessionDescriptors,
    long SessionMemory
)
{
    private const int DescriptorsPerSession = 2;
    private const int DescriptorsPerPipe = 2;

    /// <summary>
    /// As many as a batch has reads: with more, only receivers that are slow at the same time would be
    /// served better, and of the pages that pipes of one user may have (pipe-user-pages-soft, 16,384)
    /// this takes a sixteenth.
    /// </summary>
    private const int DefaultPipes = 64;

    /// <summary>Where descriptors are few, sessions come first: pipes are given this part of them.</summary>
    private const int DefaultPipesShare = 8;

    /// <summary>epoll, the eventfd of the mailbox, and the ring if one is wanted.</summary>
    private const int DescriptorsPerWorker = 3;

    /// <summary>
    /// stdin, stdout, stderr; the signal pipe of the runtime; the eventfd of the records; and some
    /// for a moment: /proc and /sys, the service manager's socket, the resolver.
    /// </summary>
    private const int DescriptorsOfProcess = 32;

    /// <summary>
    /// By default sessions may take half of the memory in the worst case. The other half is for the
    /// kernel's socket buffers, which it charges to the same control group, and for everything else.
    /// A smaller share would turn clients away from small machines: normally a session takes less
    /// than a hundredth of its worst case, because blocks are held only while bytes wait.
    /// </summary>
    private const int DefaultMemoryShare = 2;

    public int Workers => Cpus.Length;

    /// <exception cref="StartException">With a <see cref="LimitError"/> that names the limit and the cure.</exception>
    public static ProcessLimits Derive(MachineFacts machine, LimitRequest request)
    {
        ImmutableArray<int?> cpus = Place(machine, request.Workers);
        long reserved =
            DescriptorsOfProcess
            + request.UnixListeners
            + (cpus.Length * (long)(DescriptorsPerWorker + request.TcpListeners));
        int pipes = request.Pipes ?? DefaultPipesOf(machine.Descriptors - reserved, cpus.Length, request);
        reserved += cpus.Length * (long)pipes * DescriptorsPerPipe;
        long byDescriptors = (machine.Descriptors - reserved) / DescriptorsPerSession;
        if (byDescriptors < 1)
        {
            throw Refuse(
                "descriptors",
                $"the process may have {machine.Descriptors}, and needs {reserved + DescriptorsPerSession} before its first session",
                "raise LimitNOFILE of the service (ulimit -n) or lower the number of workers or of pipes"
            );
        }

        int sessions = request.MaxConnections is { } asked
            ? Granted(asked, byDescriptors, reserved, machine, request)
            : Default(byDescriptors, machine, request);
        return new ProcessLimits(
            cpus,
            sessions,
            pipes,
            sessions * DescriptorsPerSession,
            (long)sessions * request.BytesPerSession
        );
    }

    /// <summary>
    /// One worker for each CPU, or for each whole CPU of the quota. Workers stay on their CPU,
    /// except under a quota below the number of CPUs: which of them are free then changes all the
    /// time, and every container of the host would choose the same first ones.
    /// </summary>
    private static ImmutableArray<int?> Place(MachineFacts machine, int? asked)
    {
        if (asked is < 1 or > Limits.WorkersMax)
        {
            throw Refuse("workers", $"{asked} is out of range", $"use 1 to {Limits.WorkersMax}");
        }

        int allowed = (int)Math.Clamp(Math.Ceiling(machine.CpuQuota ?? double.MaxValue), 1, machine.Cpus.Length);
        int?[] cpus = new int?[Math.Min(asked ?? allowed, Limits.WorkersMax)];
        // Fewer workers than CPUs would sit on the first ones, where another instance sits as well.
        bool pinned = allowed == machine.Cpus.Length && cpus.Length >= machine.Cpus.Length;
        for (int worker = 0; pinned && worker < cpus.Length; worker++)
        {
            cpus[worker] = machine.Cpus[worker % machine.Cpus.Length];
        }

        return [.. cpus];
    }

    private static int DefaultPipesOf(long descriptors, int workers, LimitRequest request)
    {
        // Sessions that were asked for are not refused for the sake of pipes.
        long left = request.MaxConnections is { } asked
            ? descriptors - ((long)asked * DescriptorsPerSession)
            : descriptors / DefaultPipesShare;
        return (int)Math.Clamp(left / DescriptorsPerPipe / workers, 0, DefaultPipes);
    }

    private static int Default(long byDescriptors, MachineFacts machine, LimitRequest request)
    {
        long byMemory = machine.Memory / DefaultMemoryShare / request.BytesPerSession;
        return (int)Math.Clamp(byMemory, 1, Math.Min(byDescriptors, Limits.MaxConnectionsMax));
    }

    /// <summary>
    /// Asked for explicitly, the whole memory may be promised: an administrator may know that most
    /// sessions idle. More than that could only end in the OOM killer, and all sessions with it.
    /// </summary>
    private static int Granted(int asked, long byDescriptors, long reserved, MachineFacts machine, LimitRequest request)
    {
        if (asked is < 1 or > Limits.MaxConnectionsMax)
        {
            throw Refuse("maxconn", $"{asked} is out of range", $"use 1 to {Limits.MaxConnectionsMax}");
        }

        if (asked > byDescriptors)
        {
            long needed = reserved + ((long)asked * DescriptorsPerSession);
            throw Refuse(
                "maxconn",
                $"{asked} sessions need {needed} descriptors, the process may have {machine.Descriptors}",
                $"raise LimitNOFILE of the service (ulimit -n) to {needed} or set maxconn to {byDescriptors} or less"
            );
        }

        long byMemory = machine.Memory / request.BytesPerSession;
        if (asked > byMemory)
        {
            long needed = (long)asked * request.BytesPerSession;
            throw Refuse(
                "maxconn",
                $"{asked} sessions take up to {needed >> 20} MiB, the process may have {machine.Memory >> 20} MiB",
                $"raise MemoryMax of the service or set maxconn to {byMemory} or less"
            );
        }

        return asked;
    }

    private static StartException Refuse(string subject, string cause, string cure) =>
        new(new LimitError(subject, cause, cure));
}
