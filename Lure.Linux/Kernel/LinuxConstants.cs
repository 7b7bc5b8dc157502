namespace Lure.Linux.Kernel;

/// <summary>
/// Numbers of the kernel's interface on x86-64 and arm64 (asm-generic), as constants: those of
/// Tmds.LibC are properties, which cost a call before the compiler has seen through them. A test
/// compares every one with what the C compiler says.
/// </summary>
internal static class LinuxConstants
{
    public const int ClockMonotonic = 1;

    public const int EpollAdd = 1;
    public const int EpollRemove = 2;
    public const int EpollModify = 3;
    public const int EpollCloseOnExec = 0x80000;

    public const int StreamSocket = 1;
    public const int SocketNonBlocking = 0x800;
    public const int SocketCloseOnExec = 0x80000;

    public const int PipeNonBlocking = 0x800;
    public const int PipeCloseOnExec = 0x80000;

    public const int EventCloseOnExec = 0x80000;
    public const int EventNonBlocking = 0x800;

    public const int SendWithoutSignal = 0x4000;

    public const uint SpliceMove = 1;
    public const uint SpliceNonBlocking = 2;

    public const int ShutdownWrite = 1;

    /// <summary>F_SETPIPE_SZ.</summary>
    public const int SetPipeSize = 1031;

    public const int PollInvalid = 0x20;

    public const int SocketLevel = 1;
    public const int OptionReuseAddress = 2;
    public const int OptionError = 4;
    public const int OptionSendBuffer = 7;
    public const int OptionReceiveBuffer = 8;
    public const int OptionKeepAlive = 9;
    public const int OptionOutOfBandInline = 10;
    public const int OptionLinger = 13;
    public const int OptionReusePort = 15;
    public const int OptionReceiveLowWater = 18;
    public const int OptionDomain = 39;
    public const int OptionAttachReusePortFilter = 51;

    /// <summary>BPF_LD | BPF_W | BPF_ABS.</summary>
    public const ushort FilterLoad = 0x20;

    /// <summary>BPF_JMP | BPF_JEQ | BPF_K.</summary>
    public const ushort FilterJumpEqual = 0x15;

    /// <summary>BPF_ALU | BPF_MOD | BPF_K.</summary>
    public const ushort FilterModulo = 0x94;

    /// <summary>BPF_RET | BPF_K.</summary>
    public const ushort FilterReturn = 0x06;

    /// <summary>BPF_RET | BPF_A.</summary>
    public const ushort FilterReturnAccumulator = 0x16;

    /// <summary>SKF_AD_OFF + SKF_AD_CPU: where a filter reads the CPU that it runs on.</summary>
    public const uint FilterCpu = 0xFFFF_F024;

    public const int PassDescriptors = 1;

    public const int TcpLevel = 6;
    public const int TcpNoDelay = 1;
    public const int TcpKeepIdle = 4;
    public const int TcpKeepInterval = 5;
    public const int TcpKeepCount = 6;
    public const int TcpInfo = 11;
    public const int TcpQuickAck = 12;
    public const int TcpCongestion = 13;
    public const int TcpNotSentLowWater = 25;

    public const int TcpStateClosed = 7;
    public const int IPv6Level = 41;
    public const int IPv6Only = 26;

    /// <summary>SIOCOUTQ, which is TIOCOUTQ.</summary>
    public const int UnsentBytes = 0x5411;

    /// <summary>FIONREAD, which is SIOCINQ.</summary>
    public const int ReadableBytes = 0x541B;

    public const int LockNonBlocking = 4;
    public const int LockExclusive = 2;

    public const int ResourceDescriptors = 7;

    public const int AdviceNoHugePages = 15;
    public const int MapPrivate = 0x02;
    public const int MapAnonymous = 0x20;
    public const int MapNoReserve = 0x4000;
    public const int ProtectRead = 1;
    public const int ProtectWrite = 2;

    /// <summary>MPOL_PREFERRED (linux/mempolicy.h).</summary>
    public const int PolicyPreferred = 1;

    /// <summary>SYS_mbind: one of the few numbers that differ between the architectures.</summary>
    public static int CallMemoryBind =>
        System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
        == System.Runtime.InteropServices.Architecture.Arm64
            ? 235
            : 237;
}
