using Lure.Core.Connections;
using Lure.Core.Kernel;
using NUnit.Framework;

namespace Lure.Core.Tests.Connections;

/// <summary>A direction is bulk from a turn that moved much until as many lean ones as it is given; the other one has its own count.</summary>
internal sealed class BulkTests
{
    [Test]
    public void A_direction_is_bulk_until_its_lean_turns_are_over([Values] Side source)
    {
        Side other = source == Side.Client ? Side.Server : Side.Client;
        ConnectionFlags flags = Bulk.Fed(Transitions.Accepted(), source);
        for (int lean = 0; lean < Bulk.Patience; lean++)
        {
            Assert.That((Bulk.IsBulk(flags, source), Bulk.IsBulk(flags, other)), Is.EqualTo((true, false)), $"{lean}");
            flags = Bulk.Lean(flags, source);
        }

        Assert.That(flags, Is.EqualTo(Transitions.Accepted()));
        Assert.That(Bulk.Lean(flags, source), Is.EqualTo(flags), "what is not bulk becomes no less so");
    }

    [Test]
    public void One_direction_is_lean_while_the_other_is_fed()
    {
        ConnectionFlags both = Bulk.Fed(Bulk.Fed(Transitions.Accepted(), Side.Client), Side.Server);
        ConnectionFlags one = Bulk.Ended(both, Side.Client);
        Assert.That((Bulk.IsBulk(one, Side.Client), Bulk.IsBulk(one, Side.Server)), Is.EqualTo((false, true)));
    }

    [Test]
    public void What_was_refused_is_copied_for_good_and_the_other_way_is_not([Values] Side source)
    {
        Side other = source == Side.Client ? Side.Server : Side.Client;
        ConnectionFlags flags = Bulk.Refused(Bulk.Fed(Transitions.Accepted(), source), source);
        Assert.That(Bulk.IsBulk(flags, source), Is.False);
        flags = Bulk.Fed(flags, source);
        Assert.That((Bulk.MaySplice(flags, source), Bulk.MaySplice(flags, other)), Is.EqualTo((false, true)));
    }

    [TestCase(ConnectionFlags.ClientUnix)]
    [TestCase(ConnectionFlags.ServerUnix)]
    public void A_session_with_a_unix_socket_is_copied(ConnectionFlags unix)
    {
        Assert.That(Bulk.MaySplice(Transitions.Accepted() | unix, Side.Client), Is.False);
        Assert.That(Bulk.MaySplice(Transitions.Accepted() | unix, Side.Server), Is.False);
    }
}
