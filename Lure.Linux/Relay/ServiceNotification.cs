using System;
using System.Text;
using Tmds.Linux;

namespace Lure.Linux.Relay;

/// <summary>
/// Tells the service manager how the process stands (sd_notify(3)): a datagram to the unix socket
/// that $NOTIFY_SOCKET names. Without that variable, and on any failure, nothing happens: nobody
/// else is served worse for it.
/// </summary>
internal static unsafe class ServiceNotification
{
    private const int FamilyLength = 2;

    /// <summary>Longest path of struct sockaddr_un.</summary>
    private const int PathMax = 108;

    public const string Ready = "READY=1";
    public const string Stopping = "STOPPING=1";

    /// <returns>Whether the datagram was sent.</returns>
    public static bool TrySend(string state) => TrySend(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"), state);

    /// <param name="socketName">A path, or <c>@name</c> in the abstract namespace.</param>
    /// <param name="state"><see cref="Ready"/> or <see cref="Stopping"/>.</param>
    internal static bool TrySend(string? socketName, string state)
    {
        byte[] name = Encoding.UTF8.GetBytes(socketName ?? "");
        if (name.Length is 0 or > PathMax || name[0] is not ((byte)'/' or (byte)'@'))
        {
            return false;
        }

        name[0] = name[0] == '@' ? (byte)0 : name[0];
        int fd = LibC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0);
        if (fd < 0)
        {
            return false;
        }

        Span<byte> address = stackalloc byte[FamilyLength + PathMax];
        address[0] = (byte)LibC.AF_UNIX;
        address[1] = 0;
        name.CopyTo(address[FamilyLength..]);
        ReadOnlySpan<byte> message = Encoding.UTF8.GetBytes(state);
        fixed (byte* target = address)
        fixed (byte* text = message)
        {
            int flags = LibC.MSG_NOSIGNAL;
            int length = FamilyLength + name.Length;
            long sent = LibC.sendto(fd, text, message.Length, flags, (sockaddr*)target, length);
            _ = LibC.close(fd);
            return sent == message.Length;
        }
    }
}
