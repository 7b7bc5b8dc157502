using System.Globalization;
using Lure.Core.Kernel;
using Lure.Sim.Descriptors;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;

namespace Lure.Sim.Workers;

/// <summary>
/// The calls of one worker: each passes the fault plan, is checked against the rules of the seam,
/// done, and recorded.
/// </summary>
internal sealed partial class FakeWorker
{
    private const int NoFd = -1;

    private readonly FakeWorld _world;
    private readonly Epoll _epoll = new();
    private readonly Mailbox _mailbox = new();

    public FakeWorker(FakeWorld world, int index)
    {
        _world = world;
        Index = index;
        WatchMailbox();
    }

    public int Index { get; }

    public FakeWorld World => _world;

    public bool HasEvents
    {
        get
        {
            _world.Clock.RunDue();
            _world.Network.Settle();
            return _epoll.HasEvents;
        }
    }

    public Epoll Epoll => _epoll;

    /// <summary>A descriptor's registration, null when it is not watched.</summary>
    public EpollItem? ItemOf(int fd) => _world.Descriptors.Find(fd) is { } file ? _epoll.ItemOf(fd, file) : null;

    public Interest? InterestOf(int fd) => _world.Descriptors.Find(fd) is { } file ? _epoll.InterestOf(fd, file) : null;

    public void Post(Command command) => _mailbox.Post(command);

    public long Now()
    {
        _world.Hooks?.TimeRead(Index);
        return _world.Clock.Now;
    }

    public bool TakeCommand(out Command command)
    {
        Enter(SyscallKind.TakeCommand, NoFd, out _);
        bool taken = _mailbox.TryTake(out command);
        Done(SyscallKind.TakeCommand, NoFd, (command.Deadline << 4) | (long)command.Kind, taken ? 1 : 0);
        return taken;
    }

    public void Notify()
    {
        Enter(SyscallKind.Notify, NoFd, out _);
        _world.Notifications++;
        Done(SyscallKind.Notify, NoFd, 0, 0);
    }

    public void Mark(MarkId id)
    {
        _world.CountMark(id);
        _world.Trace.Record(Index, SyscallKind.Mark, NoFd, 0, (int)id, 0);
    }

    /// <summary>As new: nothing watched, no command.</summary>
    public void Reset()
    {
        _epoll.Clear();
        _mailbox.Close();
        WatchMailbox();
    }

    private void WatchMailbox() => _epoll.Add(NoFd, _mailbox, Interest.In | Interest.EdgeTriggered, Token.Wake);

    private int Done(SyscallKind kind, int fd, long argument, int result)
    {
        _world.Trace.Record(Index, kind, fd, _world.Descriptors.BirthOf(fd), argument, result);
        _world.Faults.Leave(kind, fd);
        _world.Hooks?.AfterCall(Index, kind, fd, argument, result);
        return result;
    }

    private int Enter(SyscallKind kind, int fd, out int limit)
    {
        int answer = _world.Faults.Enter(kind, fd, out limit);
        return answer == 0 && _world.Hooks is { } hooks ? hooks.BeforeCall(Index, kind, fd, ref limit) : answer;
    }

    /// <returns>What the descriptor stands for; null, a violation, when it is not open.</returns>
    private OpenFile? FileOf(SyscallKind kind, int fd)
    {
        OpenFile? file = _world.Descriptors.Find(fd);
        if (file is null)
        {
            long birth = _world.Descriptors.BirthOf(fd);
            _world.Violate(
                birth == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"{kind} on descriptor {fd}, which was never open")
                    : string.Create(CultureInfo.InvariantCulture, $"{kind} on descriptor {fd}#{birth}, which is closed")
            );
        }

        return file;
    }

    /// <returns>0 and the socket, or -EBADF, -ENOTSOCK.</returns>
    private int SocketOf(SyscallKind kind, int fd, out StreamSocket socket)
    {
        OpenFile? file = FileOf(kind, fd);
        socket = (file as StreamSocket)!;
        return file is null ? -Errno.BadDescriptor
            : socket is null ? -Errno.NotSocket
            : 0;
    }
}
