using Lure.Core.Kernel;

namespace Lure.Sim.Conformance.Twin;

/// <summary>The fake kernel: a world that is used again by each script.</summary>
public sealed class FakeTwinHost : ITwinHost<FakeKernel, FakeSocketApi>
{
    private const int FirstPort = 7000;
    private const int Backlog = 128;
    private const long Millisecond = 1_000_000;

    private static WorldOptions Options => new() { SendBuffer = 256 * 1024, IdleWaitReturns = true };

    private readonly FakeWorld _world = new(Options);
    private int _addresses;

    /// <inheritdoc/>
    public FakeKernel Kernel { get; private set; }

    /// <inheritdoc/>
    public FakeSocketApi Peers { get; private set; }

    /// <inheritdoc/>
    public void Begin()
    {
        _world.Reset(Options);
        _addresses = 0;
        Kernel = new FakeKernel(_world);
        Peers = new FakeSocketApi(_world);
    }

    /// <inheritdoc/>
    public void Finish() { }

    /// <inheritdoc/>
    public SocketAddress NewAddress(ushort family)
    {
        int number = FirstPort + _addresses++;
        return family == SocketAddress.FamilyUnix ? FakeAddress.Unix(number) : FakeAddress.IPv4(number);
    }

    /// <inheritdoc/>
    public int OpenListener(in SocketAddress address) => _world.OpenListener(address, Backlog);

    /// <inheritdoc/>
    public void Post(Command command) => Kernel.Post(command);

    /// <inheritdoc/>
    /// <remarks>What has arrived is acknowledged.</remarks>
    public bool AwaitsAcknowledgement(int fd, bool hasFin) => false;

    /// <inheritdoc/>
    public void LetTimePass() => _world.Advance(Millisecond);
}
