using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>
/// One process judges many compilations, in an editor for days, and under many mutants, each of which has to be judged for
/// itself. So nothing is made at its first use and kept.
/// </summary>
[TestFixture]
internal sealed class StaticStateTests
{
    // What is made of literals alone, and cannot be written but for the tags, which Roslyn takes as an array.
    private static readonly string[] Known =
    [
        "CallGraph.None",
        "HotBody.NothingAsked",
        "RuleTags.NoWayAround",
        "Words.Member",
    ];

    [Test]
    public void ThereIsNoStaticButTheDescriptorsAndThoseThatAreKnown()
    {
        FieldInfo[] fields =
        [
            .. typeof(HotPathAnalyzer)
                .Assembly.GetTypes()
                .Where(static type =>
                    type.Namespace == typeof(HotPathAnalyzer).Namespace
                    && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
                )
                .SelectMany(static type =>
                    type.GetFields(
                        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                    )
                )
                .Where(static field => !field.IsLiteral),
        ];
        Assert.That(fields, Is.All.Matches<FieldInfo>(static field => field!.IsInitOnly));
        Assert.That(
            fields
                .Where(static field => field.FieldType != typeof(DiagnosticDescriptor))
                .Select(static field => field.DeclaringType!.Name + "." + field.Name),
            Is.EquivalentTo(Known)
        );
    }
}
