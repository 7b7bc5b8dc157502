using System;
using System.Diagnostics;
using System.IO;
using Lure.Bench.Load;

namespace Lure.Bench.Relays;

/// <summary>Compiles <c>bare.c</c>, which lies beside this program.</summary>
internal static class BareProgram
{
    /// <returns>Where it is; null without a compiler.</returns>
    /// <exception cref="LoadException">The compiler refuses it.</exception>
    public static string? Compile()
    {
        if (ProgramFiles.Find("gcc") is not { } gcc)
        {
            return null;
        }

        string source = Path.Combine(AppContext.BaseDirectory, "Bare", "bare.c");
        string program = Path.ChangeExtension(source, null);
        if (File.Exists(program) && File.GetLastWriteTimeUtc(program) > File.GetLastWriteTimeUtc(source))
        {
            return program;
        }

        // Renamed when it is whole: tests that run side by side share it.
        string made = program + Environment.ProcessId;
        ProcessStartInfo start = new(gcc, ["-O2", "-o", made, source]) { RedirectStandardError = true };
        using Process compiler = Process.Start(start)!;
        string said = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
        {
            throw new LoadException($"gcc refuses {source}: {said}");
        }

        File.Move(made, program, overwrite: true);
        return program;
    }
}
