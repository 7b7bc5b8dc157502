using System.Linq;
using System.Net;
using CsCheck;
using Lure.Linux.Configuration;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Whatever stands in a file, it is taken or its fault is told; nothing is thrown and nothing is half taken.</summary>
[TestFixture]
internal sealed class AnyTextTests
{
    private const string Example = """
        [defaults]
        idle = "1h"

        [listen.front]
        bind = [":7000", "unix:/run/lure.sock"]
        to = "pool"

        [backend.pool]
        balance = "leastconn"
        servers = ["10.0.0.1:80", { addr = "[::1]:81", weight = 3 }]
        """;

    private static readonly Gen<string> Junk = Gen.String[Gen.Char["0123456789.:[]%@/abcxyz-_ \0\"=,{}\n\t#'"], 0, 24];

    private static readonly Gen<string> Units = Gen.Int[0, 5].Select(i => "ms s m h d w".Split(' ')[i]);

    private static readonly Gen<string> Number = Gen.String[Gen.Char.AlphaNumeric, 0, 22];

    [Test]
    public void A_time_that_was_printed_is_read_as_itself() =>
        Gen.Long[1, 1000 * Duration.Day / Duration.Millisecond]
            .Sample(milliseconds =>
            {
                long time = milliseconds * Duration.Millisecond;
                bool taken = Duration.TryParse(Duration.Format(time), 0, long.MaxValue, out long read, out _);
                Assert.That((taken, read), Is.EqualTo((true, time)));
            });

    [Test]
    public void A_time_is_in_its_range_or_its_fault_is_told() =>
        Gen.Select(
                Gen.OneOf(Number, Junk, Gen.Select(Gen.Int[0, 5000], Units, (n, u) => n + u)),
                Gen.Long[0, Duration.Day],
                Gen.Long[0, Duration.Day]
            )
            .Sample(
                (text, least, more) =>
                {
                    bool taken = Duration.TryParse(text, least, least + more, out long time, out Fault fault);
                    Assert.That(fault.Id is null, Is.EqualTo(taken), text);
                    Assert.That(!taken || (time >= least && time <= least + more), Is.True, text);
                }
            );

    [Test]
    public void An_address_that_is_numeric_is_read_as_itself() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]), Gen.Int[1, IPEndPoint.MaxPort])
            .Sample(
                (bytes, port) =>
                {
                    IPAddress address = new(bytes);
                    string text = new IPEndPoint(address, port).ToString();
                    AddressText? read = AddressText.Parse(text, AddressRole.Listen, out _);
                    IPAddress meant = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
                    Assert.That((read?.Numeric, read?.Port), Is.EqualTo((meant, port)), text);
                }
            );

    [Test]
    public void An_address_is_taken_or_its_fault_is_told() =>
        Gen.Select(Junk, Gen.Enum<AddressRole>())
            .Sample(
                (text, role) =>
                {
                    AddressText? read = AddressText.Parse(text, role, out Fault fault);
                    Assert.That(fault.Id is null, Is.EqualTo(read is not null), text);
                    Assert.That(read is null || (read.Text == text && read.Port is >= 0 and <= 65535), Is.True, text);
                }
            );

    /// <summary>A file that is right but for a few letters: what a hand slips into.</summary>
    [Test]
    public void A_file_with_slips_is_taken_or_its_faults_are_told() =>
        Gen.Select(Gen.Int[0, Example.Length - 1], Gen.Int[0, 3], Junk)
            .Array[1, 4]
            .Sample(
                slips =>
                {
                    string text = slips.Aggregate(Example, Slip);
                    string output = CheckedFile.Output(text);
                    Assert.That(
                        output == "ok" || output.Contains("error E", System.StringComparison.Ordinal),
                        Is.True,
                        text
                    );
                    Assert.That(output, Does.Not.Contain("E099"), text);
                },
                iter: 300
            );

    private static string Slip(string text, (int At, int Length, string Put) slip)
    {
        int at = slip.At % text.Length;
        int length = int.Min(slip.Length, text.Length - at);
        return text.Remove(at, length).Insert(at, slip.Put);
    }
}
