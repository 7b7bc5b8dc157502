using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Lure.Linux.Tests.Kernel;

/// <summary>The C compiler as the judge of what the kernel's headers say.</summary>
internal static class CCompiler
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <stdio.h>
        #include <stddef.h>
        #include <errno.h>
        #include <poll.h>
        #include <fcntl.h>
        #include <signal.h>
        #include <time.h>
        #include <unistd.h>
        #include <sys/epoll.h>
        #include <sys/eventfd.h>
        #include <sys/file.h>
        #include <sys/ioctl.h>
        #include <sys/mman.h>
        #include <sys/resource.h>
        #include <sys/socket.h>
        #include <sys/syscall.h>
        #include <sys/uio.h>
        #include <sys/un.h>
        #include <netinet/in.h>
        #include <netinet/tcp.h>
        #include <linux/filter.h>
        #include <linux/io_uring.h>
        #include <linux/mempolicy.h>
        #include <linux/sockios.h>
        """;

    /// <summary>What each expression is worth in C; null on a machine without gcc.</summary>
    public static Dictionary<string, long>? TryEvaluate(IReadOnlyList<string> wanted)
    {
        string folder = Directory.CreateTempSubdirectory("lure-abi-").FullName;
        try
        {
            string source = Path.Combine(folder, "abi.c");
            string program = Path.Combine(folder, "abi");
            IEnumerable<string> lines = wanted.Select(text => $"printf(\"%lld\\n\", (long long)({text}));");
            File.WriteAllText(source, $"{Headers}\nint main(void) {{\n{string.Join('\n', lines)}\nreturn 0; }}\n");
            if (Run("gcc", ["-o", program, source]) is null)
            {
                return null;
            }

            string[] values = Run(program, [])!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return wanted
                .Zip(values, (text, value) => (text, long.Parse(value, CultureInfo.InvariantCulture)))
                .ToDictionary();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            string complaints = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, $"{program}: {complaints}");
            return output;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
