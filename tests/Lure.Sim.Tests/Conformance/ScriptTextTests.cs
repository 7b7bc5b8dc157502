using Lure.Sim.Conformance;
using Lure.Sim.Conformance.Notes;
using NUnit.Framework;

namespace Lure.Sim.Tests.Conformance;

/// <summary>Conformance scripts as text.</summary>
[Category("Long")]
public sealed class ScriptTextTests
{
    [Test]
    public void AScriptIsPrintedAsItIsRead()
    {
        foreach (NotedTopic topic in KernelNotes.Topics)
        {
            foreach (NamedScript script in topic.Scripts)
            {
                Assert.That(ScriptText.Of(ScriptText.Parse(script.Text)), Is.EqualTo(script.Text));
            }
        }
    }

    [Test]
    public void GeneratedScriptsCanBeRead()
    {
        ScriptGenerator generator = new();
        for (ulong seed = 0; seed < 500; seed++)
        {
            Step[] steps = [.. generator.Generate(seed)];
            Assert.That(ScriptText.Parse(ScriptText.Of(steps)), Is.EqualTo(steps));
        }
    }

    [TestCase("sned a 1", "\"sned a 1\": \"sned\" is no call")]
    [TestCase("tcp a; send a", "\"send a\": 2 arguments were expected")]
    [TestCase("send 1 1", "\"send 1 1\": a letter was expected, not \"1\"")]
    [TestCase("send a b", "\"send a b\": a number was expected, not \"b\"")]
    [TestCase("add e a INN", "\"add e a INN\": a mask was expected, not \"INN\"")]
    public void WhatIsWrongIsTold(string text, string message) =>
        Assert.That(() => ScriptText.Parse(text), Throws.TypeOf<ScriptException>().With.Message.EqualTo(message));
}
