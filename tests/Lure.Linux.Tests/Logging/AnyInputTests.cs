using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lure.Core.Records;
using Lure.Linux.Configuration;
using Lure.Linux.Logging;
using NUnit.Framework;

namespace Lure.Linux.Tests.Logging;

/// <summary>Records and names as nobody would write them.</summary>
internal sealed class AnyInputTests
{
    private static readonly string[] s_names =
    [
        "plain",
        "",
        "two words",
        "a=\"b\"\\c",
        "new\nline\r\0",
        "größe/日本",
        "half \ud800 pair",
        "%20",
        new string('\u0001', 2000),
    ];

    [Test]
    public void Json_stays_valid_and_says_the_names_as_they_are([Range(0, 8)] int index)
    {
        string name = s_names[index];
        LogNames names = new([name], [name], [name, name]);
        Random random = new(index);
        for (int round = 0; round < 30; round++)
        {
            LoopRecord record = RandomRecord(random);
            foreach (string line in Lines(SampleRecords.Text(LogFormat.Json, names, record)))
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement listener = document.RootElement.GetProperty("listener");
                Assert.That(
                    listener.GetString(),
                    Is.Null.Or.EqualTo(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)))
                );
            }
        }
    }

    [Test]
    public void Every_record_stays_one_line_in_every_format([Values] LogFormat format, [Range(0, 8)] int index)
    {
        string name = s_names[index];
        LogNames names = new([name], [name], [name, name]);
        Random random = new(index);
        for (int round = 0; round < 30; round++)
        {
            string text = SampleRecords.Text(format, names, RandomRecord(random));
            Assert.That(text.AsSpan().Count('\n'), Is.EqualTo(1), text);
            Assert.That(text, Does.EndWith("\n"));
        }
    }

    [Test]
    public void A_name_stays_one_field_of_the_HAProxy_line([Range(0, 8)] int index)
    {
        string name = s_names[index];
        LogNames names = new(["x" + name], ["x" + name], ["x", "x" + name]);
        string line = SampleRecords.Text(LogFormat.HAProxy, names, SampleRecords.Whole());
        Assert.That(line.Split(' ')[8], Is.EqualTo("0/0"), line);
    }

    [TestCase("plain", "plain")]
    [TestCase("10.0.0.1:5432", "10.0.0.1:5432")]
    [TestCase("two words", "\"two words\"")]
    [TestCase("a=b", "\"a=b\"")]
    [TestCase(
        "a\"\\\n",
        """
            "a\"\\\n"
            """
    )]
    [TestCase("", "\"\"")]
    public void Logfmt_quotes_what_needs_it(string name, string expected) =>
        Assert.That(Encoding.UTF8.GetString(NameEncoding.LogfmtValue(name)), Is.EqualTo(expected));

    [Test]
    public void The_largest_numbers_are_written_whole()
    {
        LoopRecord record = SampleRecords.Whole();
        record.StartedAt = 1;
        record.ConnectStartedAt = 2;
        record.ConnectedAt = long.MaxValue;
        record.EndedAt = long.MaxValue;
        record.Up = record.Down = record.LostUp = long.MaxValue;
        record.Id = ulong.MaxValue;
        record.Worker = byte.MaxValue;
        Assert.That(
            SampleRecords.Text(LogFormat.HAProxy, SampleRecords.Names, record),
            Does.Contain(" 0/9223372036854/9223372036854 9223372036854775807 -- ")
                .And.Contain("id=ff-ffffffffffffff ")
                .And.Contain("lost_up=9223372036854775807")
        );
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static LoopRecord RandomRecord(Random random)
    {
        LoopRecord record = default;
        random.NextBytes(MemoryMarshal.AsBytes(new Span<LoopRecord>(ref record)));
        record.Kind = (RecordKind)random.Next(7);
        record.Listener = random.Next(-1, 2);
        record.Backend = random.Next(-1, 2);
        record.Server = random.Next(-1, 3);
        record.ServerEndedFirst = random.Next(2) == 0;
        return record;
    }
}
