using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using NUnit.Framework;

namespace Lure.Linux.Tests.Kernel;

/// <summary>With a limit of no descriptors at all for a moment, so that nobody's number matters.</summary>
[NonParallelizable]
internal sealed unsafe class DescriptorExhaustionTests
{
    private KernelUnderTest _kernel = null!;

    [SetUp]
    public void Make() => _kernel = new KernelUnderTest();

    [TearDown]
    public void Close() => _kernel.Dispose();

    [Test]
    public void Whatever_makes_a_descriptor_says_EMFILE_and_the_client_stays_queued()
    {
        int listener = _kernel.Listen(Addresses.Loopback(), out SocketAddress address);
        int near = _kernel.Keep(_kernel.Calls.Open(address));
        _ = _kernel.Calls.Connect(near, address);
        _ = _kernel.Await(listener, Interest.Listener);

        ResourceLimit before;
        _ = Libc.GetResourceLimit(LinuxConstants.ResourceDescriptors, &before);
        ResourceLimit none = before with { Soft = 0 };
        _ = Libc.SetResourceLimit(LinuxConstants.ResourceDescriptors, &none);
        int opened = _kernel.Calls.Open(address);
        int accepted = _kernel.Calls.Accept(listener, out SocketAddress peer);
        int piped = _kernel.Calls.MakePipe(out int readEnd, out int writeEnd);
        _ = Libc.SetResourceLimit(LinuxConstants.ResourceDescriptors, &before);

        Assert.That(
            (opened, accepted, piped),
            Is.EqualTo((-Errno.TooManyFiles, -Errno.TooManyFiles, -Errno.TooManyFiles))
        );
        Assert.That((readEnd, writeEnd, peer.Length), Is.EqualTo((-1, -1, 0)));
        _ = _kernel.Keep(_kernel.Calls.Accept(listener, out _));
    }
}
