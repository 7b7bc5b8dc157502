using System;
using System.Text;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using Lure.Linux.Relay;
using NUnit.Framework;

namespace Lure.Linux.Tests.Kernel;

/// <param name="ring">Whether batches are run by io_uring: it must not show.</param>
[TestFixture(false)]
[TestFixture(true)]
internal sealed unsafe class LinuxKernelBatchTests(bool ring)
{
    private KernelUnderTest _kernel = null!;

    [SetUp]
    public void Make() => _kernel = new KernelUnderTest(new KernelOptions { BatchesByRing = ring });

    [TearDown]
    public void Close() => _kernel.Dispose();

    [Test]
    public void Two_vectors_are_one_run_of_bytes_both_ways()
    {
        (int near, int far) = _kernel.Connect(Addresses.Loopback());
        byte* memory = stackalloc byte[32];
        "abcdefgh"u8.CopyTo(new Span<byte>(memory, 8));

        Operation send = Vectored(OperationKind.Send, near, memory, 3, memory + 3, 5);
        _kernel.Calls.Execute(new Span<Operation>(ref send));
        _ = _kernel.Await(far, Interest.In);
        Operation receive = Vectored(OperationKind.Receive, far, memory + 16, 2, memory + 24, 8);
        _kernel.Calls.Execute(new Span<Operation>(ref receive));

        Assert.That((send.Result, receive.Result), Is.EqualTo((8, 8)));
        Assert.That(
            Encoding.UTF8.GetString(memory + 16, 2) + Encoding.UTF8.GetString(memory + 24, 6),
            Is.EqualTo("abcdefgh")
        );
    }

    [Test]
    public void Every_operation_of_a_batch_has_its_own_result_and_keeps_its_tag()
    {
        (int near, int far) = _kernel.Connect(Addresses.Loopback());
        byte* memory = stackalloc byte[8];
        Operation[] batch =
        [
            Vectored(OperationKind.Receive, far, memory, 4, null, 0),
            Vectored(OperationKind.Send, near, memory, 4, null, 0),
            Vectored(OperationKind.Receive, -1, memory, 4, null, 0),
            Vectored((OperationKind)99, near, memory, 4, null, 0),
        ];
        batch[1].Tag = 42;

        _kernel.Calls.Execute(batch);

        Assert.That(
            Array.ConvertAll(batch, operation => operation.Result),
            Is.EqualTo(new[] { -Errno.Again, 4, -Errno.BadDescriptor, -Errno.Invalid })
        );
        Assert.That(batch[1].Tag, Is.EqualTo(42));
    }

    [Test]
    public void A_vectored_write_to_a_peer_that_is_gone_raises_no_signal()
    {
        IgnoredSignals.IgnoreBrokenPipe();
        (int near, int far) = _kernel.Connect(Addresses.Unix($"@lure-test-{Guid.NewGuid():N}"));
        _kernel.Forget(far);
        _ = _kernel.Calls.Close(far);
        byte* memory = stackalloc byte[8];

        Operation send = Vectored(OperationKind.Send, near, memory, 4, memory + 4, 4);
        _kernel.Calls.Execute(new Span<Operation>(ref send));

        Assert.That(send.Result, Is.EqualTo(-Errno.BrokenPipe));
    }

    [Test]
    public void Splice_moves_bytes_through_a_pipe_and_does_not_wait()
    {
        (int near, int far) = _kernel.Connect(Addresses.Loopback());
        Assert.That(_kernel.Calls.MakePipe(out int readEnd, out int writeEnd), Is.Zero);
        _ = _kernel.Keep(readEnd);
        _ = _kernel.Keep(writeEnd);

        int empty = Splice(far, writeEnd);
        _ = _kernel.Send(near, "through");
        _ = _kernel.Await(far, Interest.In);
        int taken = Splice(far, writeEnd);
        int given = Splice(readEnd, far);
        _ = _kernel.Await(near, Interest.In);
        byte[] buffer = new byte[16];
        int received = _kernel.Receive(near, buffer);

        Assert.That((empty, taken, given, received), Is.EqualTo((-Errno.Again, 7, 7, 7)));
        Assert.That(Encoding.UTF8.GetString(buffer, 0, 7), Is.EqualTo("through"));
    }

    private int Splice(int from, int to)
    {
        Operation splice = Vectored(OperationKind.Splice, from, null, 4096, null, 0);
        splice.Target = to;
        _kernel.Calls.Execute(new Span<Operation>(ref splice));
        return splice.Result;
    }

    private static Operation Vectored(OperationKind kind, int fd, byte* a, int aLength, byte* b, int bLength) =>
        new()
        {
            Kind = kind,
            Fd = fd,
            Vectors = b is null ? 1 : 2,
            First = new IoVector { Base = a, Length = (nuint)aLength },
            Second = new IoVector { Base = b, Length = (nuint)bLength },
        };
}
