using Lure.Core.Connections;
using NUnit.Framework;

namespace Lure.Core.Tests.Connections;

/// <summary>The letters of docs/endings.md.</summary>
[TestFixture]
internal sealed class EndCodeTests
{
    [TestCase(EndCause.None, '-')]
    [TestCase(EndCause.Client, 'C')]
    [TestCase(EndCause.ClientTimer, 'c')]
    [TestCase(EndCause.Server, 'S')]
    [TestCase(EndCause.ServerTimer, 's')]
    [TestCase(EndCause.Resource, 'R')]
    [TestCase(EndCause.Internal, 'I')]
    [TestCase(EndCause.Killed, 'K')]
    public void The_first_says_who(EndCause cause, char letter) =>
        Assert.That((char)EndCode.Who(ConnectionFlags.None.WithFirst(cause, EndState.Data)), Is.EqualTo(letter));

    [TestCase(EndState.None, '-')]
    [TestCase(EndState.Queue, 'Q')]
    [TestCase(EndState.Connect, 'C')]
    [TestCase(EndState.Data, 'D')]
    [TestCase(EndState.Last, 'L')]
    public void The_second_says_in_which_state(EndState state, char letter) =>
        Assert.That((char)EndCode.State(ConnectionFlags.None.WithFirst(EndCause.Client, state)), Is.EqualTo(letter));
}
