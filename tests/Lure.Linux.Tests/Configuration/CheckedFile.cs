using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Lure.Linux.Configuration;

namespace Lure.Linux.Tests.Configuration;

/// <summary>A configuration read from a text, with names that need no name server.</summary>
internal static class CheckedFile
{
    /// <summary>A text and a listener that is right, for what is not about listeners.</summary>
    public static string WithListener(string toml) => toml + "\n[listen.a]\nbind = \":1\"\nto = \":2\"\n";

    /// <summary>What a user is told, without the last line end.</summary>
    public static string Output(string toml)
    {
        (Settings? settings, string output) = Read(toml);
        return settings is null ? output : "ok" + output;
    }

    /// <summary>The settings of a text that is right.</summary>
    public static Settings Settings(string toml)
    {
        (Settings? settings, string output) = Read(toml);
        return settings ?? throw new InvalidOperationException(output);
    }

    /// <summary>What a resolver of this kind of name would say.</summary>
    public static IPAddress[] Resolve(string name) =>
        name switch
        {
            "localhost" => [IPAddress.Loopback, IPAddress.IPv6Loopback],
            "one.internal" => [IPAddress.Parse("10.0.0.1")],
            "db.internal" =>
            [
                .. new[] { "10.0.0.7", "10.0.0.8", "10.0.0.7", "::ffff:10.0.0.8" }.Select(IPAddress.Parse),
            ],
            "bare.internal" => [],
            "slow.internal" => throw new SocketException((int)SocketError.TryAgain),
            _ => throw new SocketException((int)SocketError.HostNotFound),
        };

    private static (Settings? Settings, string Output) Read(string toml)
    {
        var source = new SourceText("t.toml", toml);
        var problems = new ProblemList { Source = source, Path = source.Path };
        Settings? settings = ConfigurationReader.Read(source, new NameLookup(Resolve), problems);
        using var output = new StringWriter { NewLine = "\n" };
        problems.WriteTo(output);
        return (settings, output.ToString().TrimEnd('\n'));
    }
}
