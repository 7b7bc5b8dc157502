using Lure.Core.Kernel;

namespace Lure.Core.Tests.Loop.Called;

/// <summary>The seam without pointers and spans, so that it can be mocked. All answers are counts or minus errno.</summary>
public interface IKernelCalls
{
    int Watch(int fd);

    int Rewatch(int fd);

    int Unwatch(int fd);

    /// <summary>Minus errno, or 0 for the events that the test has given.</summary>
    int Wait();

    int Accept(int listener);

    int Open();

    int Connect(int fd);

    int ConnectResult(int fd);

    int Receive(int fd);

    /// <param name="fd">Where to.</param>
    /// <param name="count">Bytes.</param>
    int Send(int fd, int count);

    int SetOption(int fd, SocketOption option);

    int Unacknowledged(int fd);

    int Shutdown(int fd);

    int Close(int fd);
}
