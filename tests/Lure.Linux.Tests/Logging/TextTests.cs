using System;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Linux.Logging;
using NUnit.Framework;

namespace Lure.Linux.Tests.Logging;

/// <summary>Each small text against a library that knows it too.</summary>
internal sealed unsafe class TextTests
{
    private const int Seed = 20260821;

    [Test]
    public void IPv6_addresses_read_as_the_library_prints_them()
    {
        Random random = new(Seed);
        byte[] address = new byte[16];
        for (int round = 0; round < 20_000; round++)
        {
            random.NextBytes(address);
            // Zero most groups: the short forms are where implementations differ.
            for (int group = 0; group < 8; group++)
            {
                if (random.Next(3) > 0)
                {
                    address[2 * group] = 0;
                    address[(2 * group) + 1] = (byte)(random.Next(2) * random.Next(256));
                }
            }

            address[0] |= 0x20;
            IPAddress expected = new(address);
            Assert.That(Written(expected), Is.EqualTo(expected.ToString()));
        }
    }

    [TestCase("0.0.0.0", "0.0.0.0")]
    [TestCase("255.255.255.255", "255.255.255.255")]
    [TestCase("::", "::")]
    [TestCase("::1", "::1")]
    [TestCase("::ffff:10.0.0.1", "10.0.0.1")]
    [TestCase("1:0:0:2:0:0:0:3", "1:0:0:2::3")]
    [TestCase("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [TestCase("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    public void Address_forms(string address, string expected) =>
        Assert.That(Written(IPAddress.Parse(address)), Is.EqualTo(expected));

    [Test]
    public void Ports_are_in_network_order() =>
        Assert.That(ClientText.Port(SampleRecords.Client("127.0.0.1", 40112)), Is.EqualTo(40112));

    [Test]
    public void An_address_of_no_family_has_a_word_too()
    {
        LineBuffer line = new(64);
        ClientText.WriteAddress(line, default);
        Assert.That(Encoding.UTF8.GetString(line.Written), Is.EqualTo("unknown"));
    }

    [Test]
    public void Error_names_are_those_of_the_C_library()
    {
        int known = 0;
        for (int errno = 0; errno < 200; errno++)
        {
            string name = Encoding.UTF8.GetString(ErrnoName.Utf8(errno));
            if (name.Length > 0)
            {
                known++;
                Assert.That(name, Is.EqualTo(Marshal.PtrToStringUTF8((nint)strerrorname_np(errno))));
            }
        }

        Assert.That(known, Is.GreaterThan(40));
    }

    [Test]
    public void Times_read_as_the_library_prints_them()
    {
        Random random = new(Seed);
        TimestampText haproxy = TimestampText.ForHAProxy();
        TimestampText rfc = TimestampText.ForRfc3339();
        LineBuffer line = new(64);
        for (int round = 0; round < 2_000; round++)
        {
            long unix = random.NextInt64(-1_000_000_000_000_000_000, long.MaxValue);
            DateTime expected = DateTime.UnixEpoch.AddTicks((long)Math.Floor(unix / 100m));
            line.Clear();
            haproxy.Write(line, unix);
            Assert.That(
                Encoding.UTF8.GetString(line.Written),
                Is.EqualTo(expected.ToString("dd'/'MMM'/'yyyy':'HH':'mm':'ss'.'fff", CultureInfo.InvariantCulture))
            );
            line.Clear();
            rfc.Write(line, unix);
            Assert.That(
                Encoding.UTF8.GetString(line.Written),
                Is.EqualTo(expected.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            );
        }
    }

    [Test]
    public void Wall_clock_follows_a_step_within_a_second()
    {
        FixedTime time = new();
        WallClock clock = new(time);
        long before = clock.ToUnix(FixedTime.Start);
        time.Utc += TimeSpan.FromHours(1);
        time.Monotonic += 999_999_999;
        _ = clock.Now();
        Assert.That(clock.ToUnix(FixedTime.Start), Is.EqualTo(before), "taken anew too early");
        time.Monotonic += 1;
        _ = clock.Now();
        Assert.That(clock.ToUnix(time.Monotonic), Is.EqualTo(before + 3_600_000_000_000));
    }

    [Test]
    public void Wall_clock_holds_at_the_ends_of_time()
    {
        WallClock clock = new(new FixedTime());
        Assert.That(clock.ToUnix(long.MaxValue), Is.EqualTo(long.MaxValue));
        FixedTime early = new() { Utc = DateTimeOffset.UnixEpoch };
        Assert.That(new WallClock(early).ToUnix(long.MinValue), Is.EqualTo(long.MinValue));
    }

    [Test]
    public void A_line_longer_than_its_bound_is_refused_and_never_written_beyond() =>
        Assert.That(() => new LineBuffer(3).AddNumber(1234), Throws.InvalidOperationException);

    private static string Written(IPAddress address)
    {
        LineBuffer line = new(64);
        ClientAddress client = SampleRecords.Client(address.ToString(), 1);
        ClientText.WriteAddress(line, in client);
        return Encoding.UTF8.GetString(line.Written);
    }

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern byte* strerrorname_np(int errno);
}
