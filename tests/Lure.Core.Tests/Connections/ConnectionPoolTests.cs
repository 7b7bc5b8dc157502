using System.Runtime.CompilerServices;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Tests.Memory;
using NUnit.Framework;

namespace Lure.Core.Tests.Connections;

[TestFixture]
internal sealed unsafe class ConnectionPoolTests
{
    [Test]
    public void A_connection_is_one_cache_line_and_its_details_are_two()
    {
        Assert.That(Unsafe.SizeOf<Connection>(), Is.EqualTo(64));
        Assert.That(Unsafe.SizeOf<ConnectionDetails>(), Is.EqualTo(128));
        Assert.That(Unsafe.SizeOf<Operation>(), Is.EqualTo(64));
    }

    [Test]
    public void A_slot_comes_back_empty_and_one_generation_older()
    {
        using TestArena memory = new(1 << 16);
        ConnectionPool pool = new(ref memory.Arena, 2);
        int slot = pool.Take();
        pool[slot]->Flags = Transitions.Accepted();
        pool[slot]->Id = 9;
        pool.Details(slot)->Listener = 3;

        pool.Return(slot);

        Assert.That(pool.Take(), Is.EqualTo(slot));
        Assert.That(pool[slot]->Generation, Is.EqualTo(1));
        Assert.That(pool[slot]->Flags, Is.EqualTo(ConnectionFlags.None));
        Assert.That(pool[slot]->Id, Is.Zero);
        Assert.That(pool.Details(slot)->Listener, Is.Zero);
    }

    [Test]
    public void All_slots_are_lent_once()
    {
        using TestArena memory = new(1 << 16);
        ConnectionPool pool = new(ref memory.Arena, 2);

        Assert.That(new[] { pool.Take(), pool.Take(), pool.Take() }, Is.EqualTo(new[] { 0, 1, -1 }));
        Assert.That(pool.Used, Is.EqualTo(2));
    }

    [Test]
    public void A_slot_that_is_free_cannot_be_returned()
    {
        using TestArena memory = new(1 << 16);
        ConnectionPool pool = new(ref memory.Arena, 2);
        int slot = pool.Take();
        pool[slot]->Flags = Transitions.Accepted();
        pool.Return(slot);

        Assert.That(
            () => pool.Return(slot),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("a slot is returned once")
        );
        pool[slot]->Flags = Transitions.Accepted();
        Assert.That(
            () => pool.Return(slot),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("a slot is returned once")
        );
    }

    [Test]
    public void A_slot_without_a_session_cannot_be_returned()
    {
        using TestArena memory = new(1 << 16);
        ConnectionPool pool = new(ref memory.Arena, 2);
        int slot = pool.Take();
        Assert.That(
            () => pool.Return(slot),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("a free slot is not returned")
        );
    }

    [Test]
    public void A_direction_holds_a_block_or_a_pipe()
    {
        Connection connection = default;
        connection.Held[(int)Side.Client] = 5;
        connection.Held[(int)Side.Server] = -6;
        Assert.That((connection.BlockOf(Side.Client), connection.PipeOf(Side.Client)), Is.EqualTo((5, 0)));
        Assert.That((connection.BlockOf(Side.Server), connection.PipeOf(Side.Server)), Is.EqualTo((0, 6)));
    }
}
