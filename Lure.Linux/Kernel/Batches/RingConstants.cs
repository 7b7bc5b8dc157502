namespace Lure.Linux.Kernel.Batches;

/// <summary>Numbers of io_uring (linux/io_uring.h), the same on every architecture. A test compares every one with what the C compiler says.</summary>
internal static class RingConstants
{
    public const int CallSetup = 425;
    public const int CallEnter = 426;

    /// <summary>IORING_SETUP_SUBMIT_ALL: an entry that is refused does not stop those behind it.</summary>
    public const uint SetupSubmitAll = 1 << 7;

    /// <summary>IORING_SETUP_SINGLE_ISSUER: one thread alone submits, so the kernel locks less.</summary>
    public const uint SetupSingleIssuer = 1 << 12;

    /// <summary>IORING_SETUP_DEFER_TASKRUN, Linux 6.1: what is left to do is done in enter, never at an interrupt.</summary>
    public const uint SetupDeferTaskRun = 1 << 13;

    /// <summary>IORING_FEAT_SINGLE_MMAP: both queues are one mapping.</summary>
    public const uint FeatureSingleMap = 1 << 0;

    /// <summary>IORING_FEAT_NODROP: no completion is ever dropped.</summary>
    public const uint FeatureNoDrop = 1 << 1;

    public const long OffsetQueues = 0;
    public const long OffsetEntries = 0x10000000;

    public const uint EnterGetEvents = 1 << 0;

    public const byte OperationSendMessage = 9;
    public const byte OperationReceiveMessage = 10;
    public const byte OperationCancel = 14;
    public const byte OperationSend = 26;
    public const byte OperationReceive = 27;

    /// <summary>IORING_CQE_F_MORE: not the last completion of its entry.</summary>
    public const uint CompletionMore = 1 << 1;

    public const uint MessageDontWait = 0x40;

    /// <summary>EBUSY: completions stand in the way.</summary>
    public const int ErrorBusy = 16;

    /// <summary>ECANCELED: what was cancelled has not begun.</summary>
    public const int ErrorCancelled = 125;

    public const int MapShared = 0x01;
    public const int MapPopulate = 0x8000;
}
