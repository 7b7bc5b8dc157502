using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Driving;

/// <summary>
/// What Linux may answer to a call without doing it. What lies outside would make the simulator cry wolf, so neither
/// seeds nor scripts can ask for it.
/// </summary>
internal static class Envelope
{
    /// <summary>accept(2), of a TCP listener.</summary>
    public static ReadOnlySpan<int> Accept =>
        [
            Errno.TooManyFiles,
            Errno.ConnectionAborted,
            Errno.TooManySystemFiles,
            Errno.NoBuffers,
            Errno.NoMemory,
            Errno.NetworkDown,
            Errno.Protocol,
            Errno.NoProtocolOption,
            Errno.HostDown,
            Errno.NotOnNetwork,
            Errno.HostUnreachable,
            Errno.NotSupported,
            Errno.NetworkUnreachable,
            Errno.TimedOut,
            Errno.NotPermitted,
        ];

    /// <summary>accept(2), of a unix listener: there is no network to fail.</summary>
    public static ReadOnlySpan<int> AcceptUnix =>
        [Errno.TooManyFiles, Errno.TooManySystemFiles, Errno.NoBuffers, Errno.NoMemory, Errno.NotPermitted];

    /// <summary>socket(2).</summary>
    public static ReadOnlySpan<int> Open =>
        [Errno.TooManyFiles, Errno.TooManySystemFiles, Errno.NoBuffers, Errno.NoMemory];

    /// <summary>connect(2), at once.</summary>
    public static ReadOnlySpan<int> Connect =>
        [
            Errno.ConnectionRefused,
            Errno.AddressNotAvailable,
            Errno.NetworkUnreachable,
            Errno.AccessDenied,
            Errno.Again,
            Errno.HostUnreachable,
            Errno.NotPermitted,
            Errno.TimedOut,
        ];

    /// <summary>connect(2), to a unix socket.</summary>
    public static ReadOnlySpan<int> ConnectUnix =>
        [Errno.ConnectionRefused, Errno.Again, Errno.NoEntry, Errno.AccessDenied, Errno.NotPermitted];

    /// <summary>What a connect that is under way comes to.</summary>
    public static ReadOnlySpan<int> ConnectLate =>
        [
            Errno.ConnectionRefused,
            Errno.HostUnreachable,
            Errno.TimedOut,
            Errno.NetworkUnreachable,
            Errno.ConnectionReset,
        ];

    /// <summary>setsockopt(2).</summary>
    public static ReadOnlySpan<int> SetOption => [Errno.NoBuffers, Errno.Invalid];

    /// <summary>epoll_ctl(2), ADD.</summary>
    public static ReadOnlySpan<int> Watch => [Errno.NoMemory, Errno.NoSpace];

    /// <summary>close(2): the descriptor is closed all the same.</summary>
    public static ReadOnlySpan<int> Close => [Errno.InputOutput, Errno.Interrupted];

    /// <summary>splice(2) from a socket: of a kernel or a filter (seccomp) that splices none, or without memory.</summary>
    public static ReadOnlySpan<int> Splice => [Errno.Invalid, Errno.NoSystemCall, Errno.NotPermitted, Errno.NoMemory];

    /// <summary>pipe2(2).</summary>
    public static ReadOnlySpan<int> MakePipe => [Errno.TooManyFiles, Errno.TooManySystemFiles, Errno.NoMemory];

    /// <param name="kind">The call.</param>
    /// <param name="unix">It is about a unix socket.</param>
    /// <param name="errno">Positive.</param>
    public static bool Allows(SyscallKind kind, bool unix, int errno) =>
        kind switch
        {
            SyscallKind.Wait => errno == Errno.Interrupted,
            SyscallKind.Accept => errno == Errno.Interrupted || (unix ? AcceptUnix : Accept).Contains(errno),
            SyscallKind.Connect when unix => ConnectUnix.Contains(errno),
            SyscallKind.Connect => errno == Errno.Interrupted || Connect.Contains(errno),
            SyscallKind.Open => Open.Contains(errno),
            SyscallKind.SetOption => SetOption.Contains(errno),
            SyscallKind.Watch => Watch.Contains(errno),
            SyscallKind.Splice => Splice.Contains(errno),
            SyscallKind.MakePipe => MakePipe.Contains(errno),
            SyscallKind.Close => Close.Contains(errno),
            _ => false,
        };
}
