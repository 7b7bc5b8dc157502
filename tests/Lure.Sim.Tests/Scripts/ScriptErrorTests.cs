using Lure.Sim.Scripts;
using NUnit.Framework;

namespace Lure.Sim.Tests.Scripts;

/// <summary>A script that cannot be read says where, and what was expected.</summary>
[Category("Long")]
public sealed class ScriptErrorTests
{
    [TestCase("hello", "1:1: \"hello\" begins no line; expected cfg")]
    [TestCase("cfg blocks=3", "1:5: there is no setting \"blocks\"; expected one of workers, sessions")]
    [TestCase("cfg block=1", "1:11: block needs a number from 2 to 1048576")]
    [TestCase("cfg idle=5", "1:10: idle needs a time such as 50ms")]
    [TestCase("cfg idle", "1:9: idle needs a time")]
    [TestCase("cfg stuck=1", "1:11: stuck has no value")]
    [TestCase("cfg key=zz", "1:9: key needs a number of 64 bits")]
    [TestCase("c2: C K", "1:1: c2 is out of order; the next client is c1")]
    [TestCase("c1: S100", "1:1: the program of c1 begins with C")]
    [TestCase("c1: C Sx K", "1:8: S needs a number, such as S100")]
    [TestCase("c1: C K3", "1:8: K has no number")]
    [TestCase("c1: C V", "1:7: \"V\" is no step; expected one of A C D")]
    [TestCase("c1: C =5", "1:7: an expectation follows a step that reads")]
    [TestCase("c1: C R =5,x", "1:12: \"x\" is not expected here; expected a number of bytes, fin, rst or open")]
    [TestCase("c1 g1: C", "1:4: \"g1:\" is no front; expected f1:")]
    [TestCase("c1 f2: C", "1:1: there is no front f2")]
    [TestCase("x1: C", "1:1: \"x1\" is no peer; expected c1")]
    [TestCase("s2: A", "1:1: there is no server s2")]
    [TestCase("c1: C\ns1: A\ns1: A", "3:1: s1 has a program already")]
    [TestCase("server s1", "1:1: a server stands below its backend")]
    [TestCase("backend b2", "1:9: \"b2\" is not the next name; expected b1")]
    [TestCase("backend b1 balance=best", "1:20: expected one of round-robin, least, random, source")]
    [TestCase("backend b1 retries=8", "1:20: expected a number from 0 to 7")]
    [TestCase("backend b1\nserver s1 weight=0", "2:18: expected a number from 1 to 256")]
    [TestCase("backend b1\nserver s1\nfront f1 b2", "3:10: there is no backend b2")]
    [TestCase("c1: C\n@x c1", "2:1: \"@x\" is no moment; expected @12, @12+")]
    [TestCase("c1: C\n@0 c1", "2:1: \"@0\" is no moment")]
    [TestCase("c1: C\n@1", "2:3: nothing happens; expected a peer")]
    [TestCase("c1: C\n@1 c2", "2:4: there is no c2")]
    [TestCase("c1: C\n@1 fly", "2:4: \"fly\" cannot happen; expected a peer")]
    [TestCase("c1: C\n@1 !EWHAT", "2:5: \"EWHAT\" is no error; expected a name such as ECONNRESET")]
    [TestCase("c1: C\n@1 jump 5", "2:9: \"5\" does not fit; expected a time in whole ms")]
    [TestCase("c1: C\n@1 stop now", "2:9: \"now\" is one word too many")]
    [TestCase("c1: C\n@1 short", "2:9: something is missing here")]
    [TestCase("c1: C\n@1 die c1 EIO", "2:8: \"c1\" is no descriptor; expected fd5")]
    [TestCase("c1: C\n@1 report fd5 up", "2:15: \"up\" is no bit; expected in, pri, out")]
    [TestCase("c1: C\nend c2 up=1", "2:1: there is no client c2")]
    [TestCase("c1: C\nend c1 size=1", "2:8: \"size=1\" is no field; expected one of code")]
    [TestCase("expect", "1:1: expect needs one check")]
    public void SaysWhere(string text, string expected)
    {
        ScriptException? error = Assert.Throws<ScriptException>(() => Script.Parse(text, "a.lure"));
        Assert.That(error!.Message, Does.StartWith("a.lure:" + expected));
    }

    [Test]
    public void TellsAllMistakesAtOnceEachWithItsLine()
    {
        ScriptException? error = Assert.Throws<ScriptException>(() =>
            Script.Parse("cfg block=1 turn=0\nc1: C S K\n@2 short", "a.lure")
        );
        Assert.That(error!.Errors, Has.Length.EqualTo(4));
        Assert.That(error.Message, Does.Contain("\n  c1: C S K\n         ^"));
    }
}
