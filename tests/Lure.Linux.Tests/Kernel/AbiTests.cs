using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using Lure.Core.Kernel;
using Lure.Linux.Conformance;
using Lure.Linux.Kernel;
using Lure.Linux.Kernel.Batches;
using Lure.Linux.Sockets;
using NUnit.Framework;
using Tmds.Linux;

namespace Lure.Linux.Tests.Kernel;

internal sealed unsafe class AbiTests
{
    private static readonly (string C, long Ours)[] Layout =
    [
        ("sizeof(struct epoll_event)", sizeof(KernelEvent)),
        ("offsetof(struct epoll_event, data)", (long)Marshal.OffsetOf<KernelEvent>(nameof(KernelEvent.Token))),
        ("sizeof(struct iovec)", sizeof(IoVector)),
        ("offsetof(struct iovec, iov_len)", (long)Marshal.OffsetOf<IoVector>(nameof(IoVector.Length))),
        ("sizeof(struct timespec)", sizeof(TimeSpecification)),
        ("offsetof(struct timespec, tv_nsec)", (long)Marshal.OffsetOf<TimeSpecification>("Nanoseconds")),
        ("sizeof(struct rlimit)", sizeof(ResourceLimit)),
        ("offsetof(struct rlimit, rlim_max)", (long)Marshal.OffsetOf<ResourceLimit>(nameof(ResourceLimit.Hard))),
        ("sizeof(struct linger)", sizeof(Linger)),
        ("offsetof(struct linger, l_linger)", (long)Marshal.OffsetOf<Linger>(nameof(Linger.Seconds))),
        ("sizeof(struct pollfd)", sizeof(PollRequest)),
        ("offsetof(struct pollfd, revents)", (long)Marshal.OffsetOf<PollRequest>(nameof(PollRequest.Reported))),
        ("sizeof(socklen_t)", sizeof(uint)),
        ("sizeof(struct io_uring_sqe)", sizeof(RingEntry)),
        ("offsetof(struct io_uring_sqe, opcode)", (long)Marshal.OffsetOf<RingEntry>(nameof(RingEntry.Operation))),
        ("offsetof(struct io_uring_sqe, fd)", (long)Marshal.OffsetOf<RingEntry>(nameof(RingEntry.Fd))),
        ("offsetof(struct io_uring_sqe, addr)", (long)Marshal.OffsetOf<RingEntry>(nameof(RingEntry.Address))),
        ("offsetof(struct io_uring_sqe, len)", (long)Marshal.OffsetOf<RingEntry>(nameof(RingEntry.Length))),
        ("offsetof(struct io_uring_sqe, msg_flags)", (long)Marshal.OffsetOf<RingEntry>(nameof(RingEntry.MessageFlags))),
        ("offsetof(struct io_uring_sqe, user_data)", (long)Marshal.OffsetOf<RingEntry>(nameof(RingEntry.UserData))),
        ("sizeof(struct io_uring_cqe)", sizeof(RingCompletion)),
        ("offsetof(struct io_uring_cqe, res)", (long)Marshal.OffsetOf<RingCompletion>(nameof(RingCompletion.Result))),
        ("offsetof(struct io_uring_cqe, flags)", (long)Marshal.OffsetOf<RingCompletion>(nameof(RingCompletion.Flags))),
        ("sizeof(struct io_uring_params)", sizeof(RingParameters)),
        (
            "offsetof(struct io_uring_params, features)",
            (long)Marshal.OffsetOf<RingParameters>(nameof(RingParameters.Features))
        ),
        (
            "offsetof(struct io_uring_params, sq_off)",
            (long)Marshal.OffsetOf<RingParameters>(nameof(RingParameters.Submission))
        ),
        (
            "offsetof(struct io_uring_params, cq_off)",
            (long)Marshal.OffsetOf<RingParameters>(nameof(RingParameters.Completion))
        ),
        (
            "offsetof(struct io_sqring_offsets, array)",
            (long)Marshal.OffsetOf<SubmissionOffsets>(nameof(SubmissionOffsets.Array))
        ),
        (
            "offsetof(struct io_cqring_offsets, cqes)",
            (long)Marshal.OffsetOf<CompletionOffsets>(nameof(CompletionOffsets.Completions))
        ),
        ("sizeof(struct sock_filter)", sizeof(FilterInstruction)),
        (
            "offsetof(struct sock_filter, k)",
            (long)Marshal.OffsetOf<FilterInstruction>($"<{nameof(FilterInstruction.Value)}>k__BackingField")
        ),
        ("sizeof(struct sock_fprog)", sizeof(CpuSteering.FilterProgram)),
        (
            "offsetof(struct sock_fprog, filter)",
            (long)Marshal.OffsetOf<CpuSteering.FilterProgram>(nameof(CpuSteering.FilterProgram.First))
        ),
        ("sizeof(struct msghdr)", sizeof(MessageHeader)),
        ("offsetof(struct msghdr, msg_iov)", (long)Marshal.OffsetOf<MessageHeader>(nameof(MessageHeader.Vectors))),
        ("offsetof(struct msghdr, msg_iovlen)", (long)Marshal.OffsetOf<MessageHeader>(nameof(MessageHeader.Count))),
        ("offsetof(struct msghdr, msg_control)", (long)Marshal.OffsetOf<MessageHeader>(nameof(MessageHeader.Control))),
        ("CMSG_SPACE(sizeof(int))", sizeof(PassedDescriptor)),
        ("CMSG_LEN(sizeof(int))", PassedDescriptor.Used),
        ("CMSG_LEN(0)", (long)Marshal.OffsetOf<PassedDescriptor>(nameof(PassedDescriptor.Fd))),
        ("offsetof(struct msghdr, msg_flags)", (long)Marshal.OffsetOf<MessageHeader>(nameof(MessageHeader.Flags))),
        ("sizeof(struct sockaddr_in6)", Core.Records.ClientAddress.Capacity),
        ("AF_UNIX", Core.Kernel.SocketAddress.FamilyUnix),
        ("AF_INET", Core.Kernel.SocketAddress.FamilyIPv4),
        ("AF_INET6", Core.Kernel.SocketAddress.FamilyIPv6),
    ];

    private static readonly (string C, string Ours)[] Constants =
    [
        ("CLOCK_MONOTONIC", nameof(LinuxConstants.ClockMonotonic)),
        ("EPOLL_CTL_ADD", nameof(LinuxConstants.EpollAdd)),
        ("EPOLL_CTL_DEL", nameof(LinuxConstants.EpollRemove)),
        ("EPOLL_CTL_MOD", nameof(LinuxConstants.EpollModify)),
        ("EPOLL_CLOEXEC", nameof(LinuxConstants.EpollCloseOnExec)),
        ("SOCK_STREAM", nameof(LinuxConstants.StreamSocket)),
        ("SOCK_NONBLOCK", nameof(LinuxConstants.SocketNonBlocking)),
        ("SOCK_CLOEXEC", nameof(LinuxConstants.SocketCloseOnExec)),
        ("O_NONBLOCK", nameof(LinuxConstants.PipeNonBlocking)),
        ("O_CLOEXEC", nameof(LinuxConstants.PipeCloseOnExec)),
        ("EFD_CLOEXEC", nameof(LinuxConstants.EventCloseOnExec)),
        ("EFD_NONBLOCK", nameof(LinuxConstants.EventNonBlocking)),
        ("MSG_NOSIGNAL", nameof(LinuxConstants.SendWithoutSignal)),
        ("SPLICE_F_MOVE", nameof(LinuxConstants.SpliceMove)),
        ("SPLICE_F_NONBLOCK", nameof(LinuxConstants.SpliceNonBlocking)),
        ("SHUT_WR", nameof(LinuxConstants.ShutdownWrite)),
        ("F_SETPIPE_SZ", nameof(LinuxConstants.SetPipeSize)),
        ("POLLNVAL", nameof(LinuxConstants.PollInvalid)),
        ("SOL_SOCKET", nameof(LinuxConstants.SocketLevel)),
        ("SO_REUSEADDR", nameof(LinuxConstants.OptionReuseAddress)),
        ("SO_ERROR", nameof(LinuxConstants.OptionError)),
        ("SO_SNDBUF", nameof(LinuxConstants.OptionSendBuffer)),
        ("SO_RCVBUF", nameof(LinuxConstants.OptionReceiveBuffer)),
        ("SO_OOBINLINE", nameof(LinuxConstants.OptionOutOfBandInline)),
        ("SO_RCVLOWAT", nameof(LinuxConstants.OptionReceiveLowWater)),
        ("SO_KEEPALIVE", nameof(LinuxConstants.OptionKeepAlive)),
        ("SO_LINGER", nameof(LinuxConstants.OptionLinger)),
        ("SO_REUSEPORT", nameof(LinuxConstants.OptionReusePort)),
        ("SO_DOMAIN", nameof(LinuxConstants.OptionDomain)),
        ("SO_ATTACH_REUSEPORT_CBPF", nameof(LinuxConstants.OptionAttachReusePortFilter)),
        ("BPF_LD | BPF_W | BPF_ABS", nameof(LinuxConstants.FilterLoad)),
        ("BPF_JMP | BPF_JEQ | BPF_K", nameof(LinuxConstants.FilterJumpEqual)),
        ("BPF_ALU | BPF_MOD | BPF_K", nameof(LinuxConstants.FilterModulo)),
        ("BPF_RET | BPF_K", nameof(LinuxConstants.FilterReturn)),
        ("BPF_RET | BPF_A", nameof(LinuxConstants.FilterReturnAccumulator)),
        ("(unsigned)(SKF_AD_OFF + SKF_AD_CPU)", nameof(LinuxConstants.FilterCpu)),
        ("SCM_RIGHTS", nameof(LinuxConstants.PassDescriptors)),
        ("IPPROTO_TCP", nameof(LinuxConstants.TcpLevel)),
        ("TCP_NODELAY", nameof(LinuxConstants.TcpNoDelay)),
        ("TCP_KEEPIDLE", nameof(LinuxConstants.TcpKeepIdle)),
        ("TCP_KEEPINTVL", nameof(LinuxConstants.TcpKeepInterval)),
        ("TCP_KEEPCNT", nameof(LinuxConstants.TcpKeepCount)),
        ("TCP_CONGESTION", nameof(LinuxConstants.TcpCongestion)),
        ("TCP_INFO", nameof(LinuxConstants.TcpInfo)),
        ("TCP_CLOSE", nameof(LinuxConstants.TcpStateClosed)),
        ("TCP_QUICKACK", nameof(LinuxConstants.TcpQuickAck)),
        ("TCP_NOTSENT_LOWAT", nameof(LinuxConstants.TcpNotSentLowWater)),
        ("IPPROTO_IPV6", nameof(LinuxConstants.IPv6Level)),
        ("IPV6_V6ONLY", nameof(LinuxConstants.IPv6Only)),
        ("SIOCOUTQ", nameof(LinuxConstants.UnsentBytes)),
        ("FIONREAD", nameof(LinuxConstants.ReadableBytes)),
        ("LOCK_NB", nameof(LinuxConstants.LockNonBlocking)),
        ("LOCK_EX", nameof(LinuxConstants.LockExclusive)),
        ("RLIMIT_NOFILE", nameof(LinuxConstants.ResourceDescriptors)),
        ("MADV_NOHUGEPAGE", nameof(LinuxConstants.AdviceNoHugePages)),
        ("MAP_PRIVATE", nameof(LinuxConstants.MapPrivate)),
        ("MAP_ANONYMOUS", nameof(LinuxConstants.MapAnonymous)),
        ("MAP_NORESERVE", nameof(LinuxConstants.MapNoReserve)),
        ("PROT_READ", nameof(LinuxConstants.ProtectRead)),
        ("PROT_WRITE", nameof(LinuxConstants.ProtectWrite)),
        ("MPOL_PREFERRED", nameof(LinuxConstants.PolicyPreferred)),
    ];

    private static readonly (string C, string Ours)[] RingNumbers =
    [
        ("SYS_io_uring_setup", nameof(RingConstants.CallSetup)),
        ("SYS_io_uring_enter", nameof(RingConstants.CallEnter)),
        ("IORING_SETUP_SUBMIT_ALL", nameof(RingConstants.SetupSubmitAll)),
        ("IORING_SETUP_SINGLE_ISSUER", nameof(RingConstants.SetupSingleIssuer)),
        ("IORING_SETUP_DEFER_TASKRUN", nameof(RingConstants.SetupDeferTaskRun)),
        ("IORING_FEAT_SINGLE_MMAP", nameof(RingConstants.FeatureSingleMap)),
        ("IORING_FEAT_NODROP", nameof(RingConstants.FeatureNoDrop)),
        ("IORING_OFF_SQ_RING", nameof(RingConstants.OffsetQueues)),
        ("IORING_OFF_SQES", nameof(RingConstants.OffsetEntries)),
        ("IORING_ENTER_GETEVENTS", nameof(RingConstants.EnterGetEvents)),
        ("IORING_OP_SENDMSG", nameof(RingConstants.OperationSendMessage)),
        ("IORING_OP_RECVMSG", nameof(RingConstants.OperationReceiveMessage)),
        ("IORING_OP_ASYNC_CANCEL", nameof(RingConstants.OperationCancel)),
        ("IORING_OP_SEND", nameof(RingConstants.OperationSend)),
        ("IORING_OP_RECV", nameof(RingConstants.OperationReceive)),
        ("IORING_CQE_F_MORE", nameof(RingConstants.CompletionMore)),
        ("MSG_DONTWAIT", nameof(RingConstants.MessageDontWait)),
        ("EBUSY", nameof(RingConstants.ErrorBusy)),
        ("ECANCELED", nameof(RingConstants.ErrorCancelled)),
        ("MAP_SHARED", nameof(RingConstants.MapShared)),
        ("MAP_POPULATE", nameof(RingConstants.MapPopulate)),
    ];

    private static readonly (string C, Enum Ours)[] Flags =
    [
        ("EPOLLIN", Readiness.In),
        ("EPOLLPRI", Readiness.Urgent),
        ("EPOLLOUT", Readiness.Out),
        ("EPOLLERR", Readiness.Error),
        ("EPOLLHUP", Readiness.HangUp),
        ("EPOLLRDHUP", Readiness.ReadHangUp),
        ("EPOLLIN", Interest.In),
        ("EPOLLPRI", Interest.Urgent),
        ("EPOLLOUT", Interest.Out),
        ("EPOLLRDHUP", Interest.ReadHangUp),
        ("EPOLLEXCLUSIVE", Interest.Exclusive),
        ("(unsigned)EPOLLET", Interest.EdgeTriggered),
    ];

    private Dictionary<string, long> _recorded = [];
    private Dictionary<string, long> _truth = [];

    /// <summary>The compiler where there is one; else what it answered when the record was made.</summary>
    [OneTimeSetUp]
    public void AskTheCompiler()
    {
        string[] wanted =
        [
            .. Layout
                .Select(row => row.C)
                .Concat(Constants.Select(row => row.C))
                .Concat(RingNumbers.Select(row => row.C))
                .Concat(Flags.Select(row => row.C))
                .Concat(ErrorNumbers().Select(row => row.Name))
                .Append("SYS_mbind")
                .Distinct(),
        ];
        _recorded = AbiRecord.Read();
        _truth = CCompiler.TryEvaluate(wanted) ?? wanted.ToDictionary(text => text, text => _recorded[text]);
    }

    [Test]
    public void The_record_is_what_the_compiler_says() =>
        Assert.That(AbiRecord.Write(_recorded), Is.EqualTo(AbiRecord.Write(_truth)));

    [Test]
    public void Structures_are_laid_out_as_in_C() =>
        Assert.That(Layout, Is.All.Matches<(string C, long Ours)>(row => row.Ours == _truth[row.C]));

    [Test]
    public void An_operation_is_one_cache_line_with_its_vectors_side_by_side()
    {
        Operation operation = default;
        nint vectors = (nint)(&operation.First) - (nint)(&operation);
        nint apart = (nint)(&operation.Second) - (nint)(&operation.First);
        Assert.That(
            (sizeof(Operation), vectors % sizeof(nint), apart),
            Is.EqualTo((64, (nint)0, (nint)sizeof(IoVector)))
        );
    }

    [TestCaseSource(nameof(Numbers))]
    public void Constants_are_those_of_C(Type type, (string C, string Ours)[] rows) =>
        Assert.That(rows, Is.All.Matches<(string C, string Ours)>(row => Value(type, row.Ours) == _truth[row.C]));

    [TestCaseSource(nameof(Numbers))]
    public void Every_constant_is_compared(Type type, (string C, string Ours)[] rows)
    {
        IEnumerable<string> all = type.GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.Name);
        Assert.That(all, Is.EquivalentTo(rows.Select(row => row.Ours)));
    }

    [Test]
    public void The_number_of_mbind_is_that_of_C() =>
        Assert.That(_truth["SYS_mbind"], Is.EqualTo(LinuxConstants.CallMemoryBind));

    [Test]
    public void Flags_of_epoll_are_those_of_C() =>
        Assert.That(
            Flags,
            Is.All.Matches<(string C, Enum Ours)>(row => Convert.ToInt64(row.Ours, null) == _truth[row.C])
        );

    [Test]
    public void Error_numbers_have_the_names_of_C() =>
        Assert.That(ErrorNumbers(), Is.All.Matches<(string Name, int Number)>(row => row.Number == _truth[row.Name]));

    [Test]
    public void Every_error_number_of_the_loop_has_a_name() =>
        Assert.That(ErrorNumbers().Select(row => row.Name), Is.All.StartsWith("E").And.All.Not.StartsWith("errno"));

    [Test]
    public void Tmds_LibC_says_the_same()
    {
        Assert.Multiple(() =>
        {
            Assert.That(sizeof(epoll_event), Is.EqualTo(sizeof(KernelEvent)));
            Assert.That(sizeof(iovec), Is.EqualTo(sizeof(IoVector)));
            Assert.That(sizeof(linger), Is.EqualTo(sizeof(Linger)));
            Assert.That(sizeof(sockaddr_un), Is.LessThanOrEqualTo(Core.Kernel.SocketAddress.Capacity));
            Assert.That(LibC.SO_REUSEPORT, Is.EqualTo(LinuxConstants.OptionReusePort));
            Assert.That(LibC.MSG_NOSIGNAL, Is.EqualTo(LinuxConstants.SendWithoutSignal));
            Assert.That(LibC.TIOCOUTQ, Is.EqualTo(LinuxConstants.UnsentBytes));
            Assert.That(LibC.MAP_NORESERVE, Is.EqualTo(LinuxConstants.MapNoReserve));
            Assert.That(LibC.MADV_NOHUGEPAGE, Is.EqualTo(LinuxConstants.AdviceNoHugePages));
            Assert.That((uint)LibC.EPOLLET, Is.EqualTo((uint)Interest.EdgeTriggered));
            Assert.That((uint)LibC.EPOLLEXCLUSIVE, Is.EqualTo((uint)Interest.Exclusive));
            Assert.That((uint)LibC.SPLICE_F_NONBLOCK, Is.EqualTo(LinuxConstants.SpliceNonBlocking));
        });
    }

    private static IEnumerable<(string Name, int Number)> ErrorNumbers() =>
        typeof(Errno)
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => (int)field.GetRawConstantValue()!)
            .Select(number => (ErrnoName.Of(number), number));

    private static TestCaseData[] Numbers() =>
        [
            new TestCaseData(typeof(LinuxConstants), Constants).SetArgDisplayNames(nameof(LinuxConstants)),
            new TestCaseData(typeof(RingConstants), RingNumbers).SetArgDisplayNames(nameof(RingConstants)),
        ];

    private static long Value(Type type, string name) =>
        Convert.ToInt64(type.GetField(name)!.GetRawConstantValue(), null);
}
