using System.Globalization;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Sim.Scripts;

/// <summary>The fields of an end record by the names that the log gives them (docs/endings.md).</summary>
internal static class EndFields
{
    public static readonly string[] Names =
    [
        "code",
        "c",
        "s",
        "first",
        "out_c",
        "out_s",
        "up",
        "down",
        "lost_up",
        "lost_down",
        "retries",
        "server",
        "errno_c",
        "errno_s",
    ];

    public static string Value(in LoopRecord record, string name) =>
        name switch
        {
            "code" => string.Create(CultureInfo.InvariantCulture, $"{(char)record.Who}{(char)record.State}"),
            "c" => End(record.ClientEnd),
            "s" => End(record.ServerEnd),
            "first" => First(record),
            "out_c" => End(record.ClientOut),
            "out_s" => End(record.ServerOut),
            "up" => Number(record.Up),
            "down" => Number(record.Down),
            "lost_up" => Number(record.LostUp),
            "lost_down" => Number(record.LostDown),
            "retries" => Number(record.Retries),
            "server" => record.Server < 0 ? "-" : "s" + Number(record.Server + 1),
            "errno_c" => Error(record.ClientErrno),
            _ => Error(record.ServerErrno),
        };

    private static string First(in LoopRecord record) =>
        record.ServerEndedFirst ? "s"
        : record.ClientEnd == EndKind.None ? "-"
        : "c";

    private static string End(EndKind kind) =>
        kind switch
        {
            EndKind.Fin => "FIN",
            EndKind.Reset => "RST",
            EndKind.Timeout => "TMO",
            _ => "-",
        };

    private static string Error(int errno) => errno == 0 ? "-" : ErrnoName.Of(errno);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
