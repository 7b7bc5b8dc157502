using System.Linq;
using System.Reflection;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>
/// The runner under which mutants are tried leaves out, without a word, a case whose name has a quotation mark inside: what it
/// asks for would be held by no test.
/// </summary>
[TestFixture]
internal sealed class CaseNameTests
{
    [Test]
    public void NoCaseIsLostToMutationTesting()
    {
        string[] lost =
        [
            .. typeof(CaseNameTests)
                .Assembly.GetTypes()
                .SelectMany(static type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public))
                .SelectMany(static method => method.GetCustomAttributes<TestCaseAttribute>())
                .SelectMany(static attribute => attribute.Arguments)
                .OfType<string>()
                .Where(static text => text.Contains('"')),
        ];

        Assert.That(lost, Is.Empty);
    }
}
