using Lure.Core.Kernel;
using Lure.Sim.Canaries;
using Lure.Sim.Conformance.Twin;

namespace Lure.Sim.Tests.Conformance;

/// <summary>The fake kernel, with a liar between it and the loop.</summary>
internal sealed class LyingTwinHost(System.Func<Canaries.Lie> makeLie) : ITwinHost<LyingKernel, FakeSocketApi>
{
    private readonly FakeTwinHost _truth = new();

    public LyingKernel Kernel { get; private set; }

    public FakeSocketApi Peers => _truth.Peers;

    public void Begin()
    {
        _truth.Begin();
        Kernel = new LyingKernel(_truth.Kernel, makeLie());
    }

    public void Finish() => _truth.Finish();

    public SocketAddress NewAddress(ushort family) => _truth.NewAddress(family);

    public int OpenListener(in SocketAddress address) => _truth.OpenListener(address);

    public void Post(Command command) => _truth.Post(command);

    public bool AwaitsAcknowledgement(int fd, bool hasFin) => _truth.AwaitsAcknowledgement(fd, hasFin);

    public void LetTimePass() => _truth.LetTimePass();
}
