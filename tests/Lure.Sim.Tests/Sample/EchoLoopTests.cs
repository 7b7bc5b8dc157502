using System;
using System.Linq;
using Lure.Core.Kernel;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Sim.Tests.Sample;

/// <summary>How a loop of somebody else's is tried: docs/simulation.md quotes this.</summary>
[TestFixture]
public sealed class EchoLoopTests
{
    [Test]
    public void Whatever_happens_all_comes_back()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            Assert.That(() => Run(seed, Send), Throws.Nothing, $"seed {seed}");
        }
    }

    [Test]
    public void A_seed_is_the_same_run_every_time()
    {
        ulong first = Run(7, Send);
        Assert.That(Run(7, Send), Is.EqualTo(first));
    }

    private static byte[] Send { get; } = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];

    private static ulong Run(ulong seed, byte[] sent)
    {
        LoopTrial trial = new(seed);
        SocketAddress address = FakeAddress.IPv4(7000);
        EchoLoop<FakeKernel> loop = new(trial.Kernel, trial.World.OpenListener(address));
        loop.Start();
        FakePeer client = trial.World.Connect(address);
        (int At, byte[] Back) progress = (0, []);
        trial.AddPeer(() =>
        {
            byte[] read = client.IsConnected ? client.Read() : [];
            progress.Back = [.. progress.Back, .. read];
            int taken = progress.At < sent.Length ? client.TrySend(sent.AsSpan(progress.At)) : 0;
            progress.At += int.Max(0, taken);
            if (progress.Back.Length == sent.Length && client.Unacknowledged == 0 && progress.At == sent.Length)
            {
                progress.At++;
                client.Finish();
            }

            return read.Length > 0 || taken > 0;
        });

        trial.Run(loop.Turn);

        Assert.That(progress.Back, Is.EqualTo(sent));
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Fin));
        return trial.Hash;
    }
}
