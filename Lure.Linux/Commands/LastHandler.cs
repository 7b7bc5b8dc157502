using System;
using System.IO;
using Lure.Linux.Configuration;

namespace Lure.Linux.Commands;

/// <summary>
/// What a user sees of a defect: one line, never a stack trace. Exceptions that users can cause are
/// handled where they arise; what arrives here is Lure's own fault.
/// </summary>
internal static class LastHandler
{
    /// <summary>For developers: set to anything, the whole exception follows the line, and a relay that ends says what its loops allocated.</summary>
    public const string TraceVariable = "LURE_TRACE";

    public static bool IsTracing => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(TraceVariable));

    /// <summary>Also ends the process for an exception of any other thread, before the runtime prints it.</summary>
    public static void WatchOtherThreads(TextWriter error) =>
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            Report(e.ExceptionObject, error);
            Environment.Exit(ExitCode.Refused);
        };

    /// <summary>Always true: as a filter it makes the one clause that takes everything.</summary>
    public static bool Report(object exception, TextWriter error)
    {
        if (exception is IOException unwritten)
        {
            error.WriteLine($"lure: error {ErrorId.Refused}: reading or writing failed: {unwritten.Message}");
            return true;
        }

        string cause = exception is Exception e ? $"{e.GetType().Name}: {e.Message}" : "unknown";
        error.WriteLine(
            $"lure: error {ErrorId.Internal}: a defect of Lure's: {Excerpt.Printable(cause)}; please report it, {TraceVariable}=1 tells more"
        );
        if (IsTracing)
        {
            error.WriteLine(exception);
        }

        return true;
    }
}
