using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lure.Linux.Configuration;

/// <summary>What an address is written for.</summary>
internal enum AddressRole
{
    Listen,
    Server,
}

internal enum AddressKind
{
    /// <summary>A port alone.</summary>
    Port,
    Numeric,

    /// <summary>Of a host; to be resolved.</summary>
    Name,

    /// <summary>A unix socket, by path or in the abstract namespace.</summary>
    Unix,
}

/// <summary>An address as it was written, taken apart; nothing is looked up yet.</summary>
internal sealed record AddressText
{
    /// <summary>Bytes of a path that fit into sockaddr_un with their terminator, and of an abstract name with its mark (unix(7)).</summary>
    public const int UnixBytesMax = 107;

    private const string UnixPrefix = "unix:";
    private const int HostLengthMax = 253;

    public required string Text { get; init; }

    public required AddressKind Kind { get; init; }

    /// <summary>A name, or the path of a unix socket; an abstract one begins with '@'.</summary>
    public string Host { get; init; } = "";

    public IPAddress? Numeric { get; init; }

    public int Port { get; init; }

    /// <param name="text">What the user wrote.</param>
    /// <param name="role">Port 0 and all addresses of a host make sense to listen on only.</param>
    /// <param name="fault">What is wrong, if the result is null.</param>
    public static AddressText? Parse(string text, AddressRole role, out Fault fault)
    {
        fault = default;
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            return ParseUnix(text, text[UnixPrefix.Length..], out fault);
        }

        if (text.StartsWith('/') || text.StartsWith('@'))
        {
            fault = Bad(text, "a unix socket begins with unix:", $"did you mean \"{UnixPrefix}{text}\"?");
            return null;
        }

        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            fault = Bad(text, "an address has no scheme", $"did you mean \"{text[(scheme + 3)..].TrimEnd('/')}\"?");
            return null;
        }

        return SplitPort(text, out string host, out int port, role, out fault)
            ? ParseHost(text, host, port, role, out fault)
            : null;
    }

    private static AddressText? ParseUnix(string text, string path, out Fault fault)
    {
        fault = default;
        int bytes = Encoding.UTF8.GetByteCount(path.AsSpan().TrimStart('@'));
        if (bytes > UnixBytesMax)
        {
            fault = new Fault(
                ErrorId.PathTooLong,
                $"the path of a unix socket has {bytes} bytes",
                $"the kernel takes {UnixBytesMax}: choose a shorter one"
            );
        }
        else if (path.Length < 2 || (path[0] != '/' && path[0] != '@') || path.EndsWith('/'))
        {
            fault = Bad(
                text,
                "a unix socket has an absolute path or a name",
                "\"unix:/run/lure.sock\" or \"unix:@name\""
            );
        }
        else if (path.AsSpan().ContainsAnyInRange('\0', ' ') || path.Contains('\x7f', StringComparison.Ordinal))
        {
            fault = Bad(text, "spaces and control characters are not allowed in it");
        }

        return fault.Id is null
            ? new AddressText
            {
                Text = text,
                Kind = AddressKind.Unix,
                Host = path,
            }
            : null;
    }

    private static bool SplitPort(string text, out string host, out int port, AddressRole role, out Fault fault)
    {
        int colon = text.LastIndexOf(':');
        int bracket = text.LastIndexOf(']');
        host = "";
        port = 0;
        if (colon < 0 || colon < bracket)
        {
            fault = WithoutPort(text, text, role);
            return false;
        }

        host = text[..colon];
        if (host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('['))
        {
            fault =
                IPAddress.TryParse(text, out _) && !IPAddress.TryParse(host, out _)
                    ? WithoutPort(text, $"[{text}]", role)
                    : Bad(text, "IPv6 stands in brackets", $"did you mean \"[{host}]:{text[(colon + 1)..]}\"?");
            return false;
        }

        string number = text[(colon + 1)..];
        int least = role == AddressRole.Listen ? 0 : 1;
        bool isNumber = number.Length != 0 && !number.AsSpan().ContainsAnyExceptInRange('0', '9');
        bool fits =
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port >= least
            && port <= IPEndPoint.MaxPort;
        fault = fits
            ? default
            : new Fault(
                ErrorId.BadPort,
                isNumber ? $"port {number} is out of range" : $"\"{number}\" is not a port",
                isNumber ? $"{least} to {IPEndPoint.MaxPort}" : "write its number, as in \":7000\""
            );
        return fits;
    }

    private static AddressText? ParseHost(string text, string host, int port, AddressRole role, out Fault fault)
    {
        fault = default;
        if (host.Length == 0)
        {
            return new AddressText
            {
                Text = text,
                Kind = AddressKind.Port,
                Port = port,
            };
        }

        IPAddress? numeric = null;
        if (host.StartsWith('['))
        {
            numeric = ParseIPv6(text, host, out fault);
        }
        else if (LooksLikeIPv4(host))
        {
            // IPAddress takes 10.1 and 010.0.0.1 (which is 8.0.0.1) too: only what it prints is meant.
            bool plain = IPAddress.TryParse(host, out numeric) && numeric.ToString() == host;
            fault = plain ? default : Bad(text, $"{host} is not an IPv4 address", "four numbers from 0 to 255");
        }
        else
        {
            fault = ExplainName(text, host, port);
            return fault.Id is null
                ? new AddressText
                {
                    Text = text,
                    Kind = AddressKind.Name,
                    Host = host,
                    Port = port,
                }
                : null;
        }

        if (fault.Id is null && role == AddressRole.Server && IsUnspecified(numeric!))
        {
            string loopback = numeric!.AddressFamily == AddressFamily.InterNetwork ? "127.0.0.1" : "[::1]";
            fault = Bad(text, $"nothing connects to {host}", $"this host is \"{loopback}:{port}\"");
        }

        return fault.Id is null
            ? new AddressText
            {
                Text = text,
                Kind = AddressKind.Numeric,
                Numeric = numeric,
                Port = port,
            }
            : null;
    }

    private static bool IsUnspecified(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static IPAddress? ParseIPv6(string text, string host, out Fault fault)
    {
        string inner = host[1..].TrimEnd(']');
        int percent = inner.IndexOf('%', StringComparison.Ordinal);
        string scope = percent < 0 ? "" : inner[(percent + 1)..];
        bool closed = host.EndsWith(']') && host.Length == inner.Length + 2;
        if (
            !closed
            || !IPAddress.TryParse(inner, out IPAddress? address)
            || address.AddressFamily != AddressFamily.InterNetworkV6
        )
        {
            fault = Bad(text, $"{host} is not an IPv6 address", "as in \"[::1]:7000\"");
            return null;
        }

        // IPAddress makes scope 0 of an interface that does not exist, which would reach any of them.
        bool scoped = percent < 0 || address.ScopeId != 0;
        fault = scoped ? default : Bad(text, $"there is no interface \"{scope}\"", "ip link shows those of this host");
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>By its last label, as browsers decide (WHATWG URL, ends in a number): no such top-level domain exists.</summary>
    private static bool LooksLikeIPv4(string host)
    {
        ReadOnlySpan<char> last = host.AsSpan(host.LastIndexOf('.') + 1);
        bool hexadecimal = last.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return last.Length != 0 && (hexadecimal || !last.ContainsAnyExceptInRange('0', '9'));
    }

    private static Fault ExplainName(string text, string host, int port)
    {
        if (host == "*")
        {
            return Bad(text, "a port alone means every address", $"did you mean \":{port}\"?");
        }

        foreach (char c in host)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_'))
            {
                return Bad(
                    text,
                    $"\"{c}\" is not allowed in a host name",
                    "an international name has a form in ASCII: xn--…"
                );
            }
        }

        bool empty = host.StartsWith('.') || host.Contains("..", StringComparison.Ordinal);
        return host.Length > HostLengthMax || empty
            ? Bad(text, "this is not a host name", $"labels of letters and digits, {HostLengthMax} characters at most")
            : default;
    }

    private static Fault WithoutPort(string text, string host, AddressRole role)
    {
        if (text.Length == 0)
        {
            return Bad(text, "an address is missing", "as in \":7000\"");
        }

        bool isNumber = !text.AsSpan().ContainsAnyExceptInRange('0', '9');
        int port = role == AddressRole.Listen ? 7000 : 5432;
        return Bad(text, "the port is missing", isNumber ? $"did you mean \":{text}\"?" : $"as in \"{host}:{port}\"");
    }

    private static Fault Bad(string text, string cause, string? hint = null) =>
        new(ErrorId.BadAddress, $"bad address \"{text}\": {cause}", hint);
}
