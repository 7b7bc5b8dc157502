using System.Globalization;

namespace Lure.EndToEnd.Tests.Relay;

/// <summary>How the program is told things: the only place that knows its flags' names.</summary>
internal static class CommandLine
{
    /// <summary>Any free port of the loopback.</summary>
    public const string AnyPort = "127.0.0.1:0";

    public const string Run = "run";
    public const string Check = "check";
    public const string File = "-c";

    public static string[] Workers(int count) => ["--workers", Number(count)];

    public static string[] MaxConnections(int count) => ["--maxconn", Number(count)];

    public static string[] Pipes(int count) => ["--pipes", Number(count)];

    public static string[] Balance(string name) => ["--balance", name];

    public static string[] IdleTimeout(int milliseconds) => ["--idle", Duration(milliseconds)];

    public static string[] HalfCloseTimeout(int milliseconds) => ["--half-close", Duration(milliseconds)];

    public static string[] ConnectTimeout(int milliseconds) => ["--connect", Duration(milliseconds)];

    public static string[] DrainDeadline(int milliseconds) => ["--drain-deadline", Duration(milliseconds)];

    public static string[] LogFormat(string name) => ["--log-format", name];

    private static string Duration(int milliseconds) => Number(milliseconds) + "ms";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
