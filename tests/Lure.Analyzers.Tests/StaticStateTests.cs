using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>
/// One process judges many compilations, in an editor for days, and under many mutants, each of which has to be judged for
/// itself. So nothing is made at its first use and kept.
/// </summary>
[TestFixture]
internal sealed class StaticStateTests
{
    private const BindingFlags OwnStatics =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] FilledLater =
    [
        typeof(Lazy<>),
        typeof(ConditionalWeakTable<,>),
        typeof(ConcurrentDictionary<,>),
        typeof(Dictionary<,>),
    ];

    [Test]
    public void NothingIsKeptForTheWholeProcess()
    {
        FieldInfo[] fields =
        [
            .. typeof(HotPathAnalyzer)
                .Assembly.GetTypes()
                .Where(static type =>
                    type.Namespace == typeof(HotPathAnalyzer).Namespace
                    && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
                )
                .SelectMany(static type => type.GetFields(OwnStatics))
                .Where(static field => !field.IsLiteral),
        ];
        Assert.That(fields, Has.Length.AtLeast(19), "a descriptor for each rule");
        Assert.That(fields.Where(static field => !field.IsInitOnly || IsFilledLater(field.FieldType)), Is.Empty);
    }

    private static bool IsFilledLater(Type type) =>
        type.IsGenericType && FilledLater.Contains(type.GetGenericTypeDefinition());
}
