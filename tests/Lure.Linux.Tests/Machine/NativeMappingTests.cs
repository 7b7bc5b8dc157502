using System;
using System.IO;
using System.Linq;
using Lure.Core.Kernel;
using Lure.Core.Memory;
using Lure.Linux.Machine;
using NUnit.Framework;

namespace Lure.Linux.Tests.Machine;

internal sealed unsafe class NativeMappingTests
{
    private static readonly nuint TiB = (nuint)1 << 40;

    [Test]
    public void Memory_is_zeroed_and_usable_to_the_last_byte()
    {
        using NativeMapping mapping = NativeMapping.Create(1 << 20, null);
        Arena arena = mapping.AsArena();
        Span<byte> bytes = new(arena.Take<byte>(1 << 20), 1 << 20);
        Assert.That(bytes.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
        bytes[^1] = 1;
        Assert.That(arena.Used, Is.EqualTo(mapping.Size));
    }

    [Test]
    public void Address_space_costs_no_memory()
    {
        long before = Resident();
        using NativeMapping mapping = NativeMapping.Create(TiB, null);
        Assert.That(
            Resident() - before,
            Is.LessThan(1L << 28),
            "a TiB is far more than what other tests may touch meanwhile"
        );
    }

    [Test]
    public void Its_pages_are_never_huge()
    {
        using NativeMapping mapping = NativeMapping.Create(64 << 20, null);
        Arena arena = mapping.AsArena();
        string start = ((nuint)arena.Take<byte>(1)).ToString("x", null);
        string[] map = File.ReadAllLines("/proc/self/smaps");
        int line = Array.FindIndex(map, text => text.StartsWith(start + "-", StringComparison.Ordinal));
        string flags = map.Skip(line).First(text => text.StartsWith("VmFlags:", StringComparison.Ordinal));
        Assert.That(flags, Does.Contain(" nh").And.Contain(" nr"), "no huge page, no reserve");
    }

    [Test]
    public void The_first_node_can_be_preferred_and_one_that_is_not_there_cannot()
    {
        using NativeMapping mapping = NativeMapping.Create(1 << 20, null);
        Arena arena = mapping.AsArena();
        byte* start = arena.Take<byte>(1);
        Assert.That(NativeMapping.TryPrefer(start, mapping.Size, 0), Is.True);
        Assert.That(NativeMapping.TryPrefer(start, mapping.Size, 1023), Is.False);
        Assert.That(NativeMapping.TryPrefer(start, mapping.Size, -1), Is.False);
    }

    [Test]
    public void A_node_that_is_not_there_costs_nothing_but_the_wish()
    {
        using NativeMapping mapping = NativeMapping.Create(1 << 20, 1023);
        Arena arena = mapping.AsArena();
        byte* first = arena.Take<byte>(1);
        *first = 7;
        Assert.That(*first, Is.EqualTo(7));
    }

    [Test]
    public void More_than_there_is_is_refused_with_its_size_and_errno()
    {
        nuint size = (nuint)1 << 60;
        InsufficientAddressSpaceException? refused = Assert.Throws<InsufficientAddressSpaceException>(() =>
            NativeMapping.Create(size, null).Dispose()
        );
        Assert.That((refused!.Size, refused.Number), Is.EqualTo((size, Errno.NoMemory)));
    }

    private static long Resident() => Environment.WorkingSet;
}
