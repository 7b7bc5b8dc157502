using Lure.Core.Kernel;
using NUnit.Framework;

namespace Lure.Core.Tests.Kernel;

internal sealed class OperationTests
{
    [Test]
    public void The_second_vector_counts_when_there_are_two()
    {
        Operation operation = new()
        {
            Vectors = 1,
            First = new IoVector { Length = 5 },
            Second = new IoVector { Length = 7 },
        };
        Assert.That(operation.Asked, Is.EqualTo((nuint)5), "the rest of an earlier operation");
        operation.Vectors = 2;
        Assert.That(operation.Asked, Is.EqualTo((nuint)12));
    }
}
