using System.Collections.Generic;
using System.IO;
using Lure.Bench.Load;
using Lure.Bench.Micro;
using Lure.Bench.Relays;

namespace Lure.Bench.Commands;

/// <summary>The micro-benchmarks, with the ratchet on what they allocate.</summary>
internal static class MicroCommand
{
    /// <returns>0; 1 when a part allocates something else than the file says.</returns>
    /// <exception cref="LoadException">There is no checkout around this program, or a benchmark did not run.</exception>
    public static int Run(TextWriter output, TextWriter error)
    {
        string root = Repository.Root ?? throw new LoadException("no checkout around this program");
        string allowed = File.ReadAllText(Path.Combine(root, "tests", "Lure.Bench", AllowedBytes.FileName));
        Dictionary<string, long> measured = HotPartsRun.Run(once: false, output);
        List<string> complaints = AllowedBytes.Parse(allowed).Complaints(measured);
        foreach (string complaint in complaints)
        {
            error.WriteLine(complaint);
        }

        return complaints.Count == 0 ? 0 : 1;
    }
}
