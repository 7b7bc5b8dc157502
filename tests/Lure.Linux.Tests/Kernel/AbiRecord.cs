using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lure.Linux.Tests.Kernel;

/// <summary>
/// What gcc and the headers of x86-64 Linux answered, so that a machine with the SDK alone checks
/// the ABI as well: abi.txt, one "expression = value" a line.
/// </summary>
internal static class AbiRecord
{
    private const string Between = " = ";

    public static Dictionary<string, long> Read() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Kernel", "abi.txt"))
            .Select(line => line.Split(Between))
            .ToDictionary(parts => parts[0], parts => long.Parse(parts[1], CultureInfo.InvariantCulture));

    public static string Write(Dictionary<string, long> answers) =>
        string.Concat(
            answers
                .OrderBy(answer => answer.Key, StringComparer.Ordinal)
                .Select(answer => string.Create(CultureInfo.InvariantCulture, $"{answer.Key}{Between}{answer.Value}\n"))
        );
}
