using System.Collections.Generic;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Times: a number alone, another unit, out of range.</summary>
[TestFixture]
internal sealed class TimeErrorTests
{
    [TestCaseSource(nameof(Cases))]
    public void IsTold(string toml, string expected) => Assert.That(CheckedFile.Output(toml), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nidle = 10:00:00"),
            """
            t.toml:2:8: error E006: "idle" is a time, not a date or a time of day
                2 | idle = 10:00:00
                  |        ^^^^^^^^  a number and a unit in quotes, as in "90s"
            """
        )
        {
            TestName = "DateAsTime",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nidle = [\"1h\"]"),
            """
            t.toml:2:8: error E006: "idle" is a time, not a list
                2 | idle = ["1h"]
                  |        ^^^^^^  a number and a unit in quotes, as in "90s"
            """
        )
        {
            TestName = "ListAsTime",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nidle = 3600"),
            """
            t.toml:2:8: error E007: 3600 needs a unit
                2 | idle = 3600
                  |        ^^^^  "3600s" or "3600ms"?
            """
        )
        {
            TestName = "BareNumberAsTime",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nidle = \"3600\""),
            """
            t.toml:2:8: error E007: "3600" needs a unit
                2 | idle = "3600"
                  |        ^^^^^^  "3600s" or "3600ms"?
            """
        )
        {
            TestName = "TextNumberAsTime",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nconnect = \"2 seconds\""),
            """
            t.toml:2:11: error E007: "2 seconds" has no known unit
                2 | connect = "2 seconds"
                  |           ^^^^^^^^^^^  did you mean "2s"?
            """
        )
        {
            TestName = "UnitByItsLongName",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nconnect = \"2S\""),
            """
            t.toml:2:11: error E007: "2S" has no known unit
                2 | connect = "2S"
                  |           ^^^^  did you mean "2s"?
            """
        )
        {
            TestName = "UnitInCapitals",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nconnect = \"2ns\""),
            """
            t.toml:2:11: error E007: "2ns" is not a time
                2 | connect = "2ns"
                  |           ^^^^^  a whole number and a unit: us, ms, s, m, h or d, as in "90s"
            """
        )
        {
            TestName = "UnknownUnit",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nspin = \"2ms\""),
            """
            t.toml:2:8: error E008: "2ms" is out of range
                2 | spin = "2ms"
                  |        ^^^^^  0ms to 1ms
            """
        )
        {
            TestName = "LongerSpinThanASleep",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nspin = 50"),
            """
            t.toml:2:8: error E007: 50 needs a unit
                2 | spin = 50
                  |        ^^  "50us"?
            """
        )
        {
            TestName = "SpinWithoutUnit",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nspin = \"50µs\""),
            """
            t.toml:2:8: error E007: "50µs" has no known unit
                2 | spin = "50µs"
                  |        ^^^^^^  did you mean "50us"?
            """
        )
        {
            TestName = "MicrosecondsWithTheirSign",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nconnect = \"2us\""),
            """
            t.toml:2:11: error E008: "2us" is out of range
                2 | connect = "2us"
                  |           ^^^^^  1ms to 30d
            """
        )
        {
            TestName = "TimeoutOfMicroseconds",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nidle = \"1h30m\""),
            """
            t.toml:2:8: error E007: "1h30m" is not a time
                2 | idle = "1h30m"
                  |        ^^^^^^^  a whole number and a unit: us, ms, s, m, h or d, as in "90s"
            """
        )
        {
            TestName = "SumOfUnits",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nidle = \"1.5h\""),
            """
            t.toml:2:8: error E007: "1.5h" is not a time
                2 | idle = "1.5h"
                  |        ^^^^^^  a whole number and a unit: us, ms, s, m, h or d, as in "90s"
            """
        )
        {
            TestName = "FractionAsTime",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nidle = \"-1s\""),
            """
            t.toml:2:8: error E007: "-1s" is not a time
                2 | idle = "-1s"
                  |        ^^^^^  a whole number and a unit: us, ms, s, m, h or d, as in "90s"
            """
        )
        {
            TestName = "NegativeTime",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nidle = \"0s\""),
            """
            t.toml:2:8: error E008: "0s" is out of range
                2 | idle = "0s"
                  |        ^^^^  1ms to 30d
            """
        )
        {
            TestName = "ZeroTime",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\ndrain = { deadline = \"99999999999999999999d\" }"),
            """
            t.toml:2:22: error E008: "99999999999999999999d" is out of range
                2 | drain = { deadline = "99999999999999999999d" }
                  |                      ^^^^^^^^^^^^^^^^^^^^^^^  0ms to 30d
            """
        )
        {
            TestName = "EndlessTime",
        };
    }
}
