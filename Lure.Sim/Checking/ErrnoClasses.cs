using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Sim.Checking;

/// <summary>
/// What an errno means, told apart from the loop's own table (<see cref="Fates"/>): a checker that asked the loop
/// would agree with it whatever it said.
/// </summary>
internal static class ErrnoClasses
{
    /// <summary>accept(2), and the lists in its section on error handling.</summary>
    public static AcceptFate OfAccept(int errno)
    {
        if (errno == Errno.Again)
        {
            return AcceptFate.Empty;
        }

        bool exhausted =
            errno
            is Errno.TooManyFiles
                or Errno.TooManySystemFiles
                or Errno.NoBuffers
                or Errno.NoMemory
                or Errno.NotPermitted;
        bool broken = errno is Errno.BadDescriptor or Errno.Invalid or Errno.NotSocket;
        return exhausted ? AcceptFate.Pause
            : broken ? AcceptFate.Fatal
            : AcceptFate.Retry;
    }

    /// <summary>connect(2), socket(2): whose fault a failed attempt was.</summary>
    public static ConnectFailure OfConnect(int errno)
    {
        if (errno == Errno.TimedOut)
        {
            return ConnectFailure.TimedOut;
        }

        if (errno == Errno.Again)
        {
            return ConnectFailure.Busy;
        }

        if (errno is Errno.AddressNotAvailable or Errno.AddressInUse)
        {
            return ConnectFailure.NoPort;
        }

        bool exhausted = errno is Errno.TooManyFiles or Errno.TooManySystemFiles or Errno.NoBuffers or Errno.NoMemory;
        return exhausted ? ConnectFailure.NoResource : ConnectFailure.Refused;
    }
}
