using System.Linq;
using System.Reflection;
using Lure.Core.Kernel;
using Lure.Linux.Sockets;
using Lure.Linux.Tests.Kernel;
using NUnit.Framework;

namespace Lure.Linux.Tests.Sockets;

internal sealed class ListenErrorTests
{
    [TestCase(80, Errno.AccessDenied, "EACCES", "port 80 is reserved", "CAP_NET_BIND_SERVICE")]
    [TestCase(1023, Errno.NotPermitted, "EPERM", "port 1023 is reserved", "choose a higher port")]
    [TestCase(1024, Errno.AccessDenied, "EACCES", "a security policy", "SELinux")]
    [TestCase(7000, Errno.AddressInUse, "EADDRINUSE", "something listens there", "'sport = :7000'")]
    [TestCase(7000, Errno.AddressNotAvailable, "EADDRNOTAVAIL", "no interface of this host", "ip address")]
    [TestCase(7000, Errno.AddressFamilyNotSupported, "EAFNOSUPPORT", "no IPv6", "use an IPv4 address")]
    [TestCase(7000, Errno.Invalid, "EINVAL", "does not take this address", "fe80::1%eth0")]
    [TestCase(7000, Errno.TooManyFiles, "EMFILE", "no descriptor left", "LimitNOFILE")]
    [TestCase(7000, Errno.TooManySystemFiles, "ENFILE", "host has no descriptor", "fs.file-max")]
    [TestCase(7000, Errno.NoBuffers, "ENOBUFS", "no memory", "MemoryMax")]
    [TestCase(7000, Errno.InputOutput, "EIO", "the kernel refused it", "bind(2)")]
    public void A_TCP_address_is_refused_with_cause_and_cure(
        int port,
        int errno,
        string name,
        string cause,
        string cure
    )
    {
        ListenError error = ListenError.Tcp("as written", Addresses.Loopback(port), errno);
        Assert.That(error.Errno, Is.EqualTo(name));
        Assert.That(error.Cause, Does.Contain(cause));
        Assert.That(error.Cure, Does.Contain(cure));
        Assert.That(error.Message, Is.EqualTo($"cannot listen on as written: {error.Cause} ({name}); {error.Cure}"));
    }

    [TestCase(Errno.AddressInUse, "a live server answers", "ss -lxp")]
    [TestCase(Errno.Exists, "not a socket", "move it away")]
    [TestCase(Errno.NoEntry, "directory does not exist", "create the directory")]
    [TestCase(Errno.AccessDenied, "no permission", "write access")]
    [TestCase(Errno.Invalid, "at most 107 bytes", "shorter path")]
    [TestCase(Errno.NoMemory, "no memory", "MemoryMax")]
    public void A_unix_socket_is_refused_with_cause_and_cure(int errno, string cause, string cure)
    {
        ListenError error = ListenError.Unix("unix:/s", errno);
        Assert.That(error.Cause, Does.Contain(cause));
        Assert.That(error.Cure, Does.Contain(cure));
    }

    [Test]
    public void No_error_number_is_without_words()
    {
        foreach (
            int errno in typeof(Errno)
                .GetFields(BindingFlags.Static | BindingFlags.Public)
                .Select(field => (int)field.GetRawConstantValue()!)
        )
        {
            Assert.That(ListenError.Tcp("a", Addresses.Loopback(1), errno).Cure, Is.Not.Empty);
            Assert.That(ListenError.Unix("a", errno).Cure, Is.Not.Empty);
        }
    }
}
