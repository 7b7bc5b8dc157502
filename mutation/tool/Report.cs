using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace Lure.Mutation;

/// <summary>What a run of Stryker has found (mutation-testing-report-schema).</summary>
internal static class Report
{
    /// <param name="path">The report.</param>
    /// <param name="folder">Of the project, from the checkout's root.</param>
    /// <exception cref="MutationException">The run was not finished.</exception>
    public static IReadOnlyList<Mutant> Read(string path, string folder)
    {
        using FileStream file = File.OpenRead(path);
        using JsonDocument json = JsonDocument.Parse(file);
        List<Mutant> mutants = [];
        foreach (JsonProperty source in json.RootElement.GetProperty("files").EnumerateObject())
        {
            string text = source.Value.GetProperty("source").GetString()!;
            string name = NameOf(source.Name, folder);
            foreach (JsonElement mutant in source.Value.GetProperty("mutants").EnumerateArray())
            {
                mutants.Add(Read(name, text, mutant));
            }
        }

        Mutant? odd = mutants.Find(mutant =>
            !mutant.IsKilled && !mutant.IsTimeout && !mutant.IsCrash && !mutant.IsSurvivor && !mutant.IsNone
        );
        return odd is null ? mutants : throw new MutationException($"{odd.Status}, so the run counts nothing: {odd}");
    }

    private static Mutant Read(string file, string text, JsonElement mutant)
    {
        JsonElement location = mutant.GetProperty("location");
        JsonElement start = location.GetProperty("start");
        int from = OffsetOf(text, start);
        int to = OffsetOf(text, location.GetProperty("end"));
        return new Mutant(
            file,
            start.GetProperty("line").GetInt32(),
            Mutant.Flat(text[from..to]),
            Mutant.Flat(mutant.GetProperty("replacement").GetString() ?? ""),
            mutant.GetProperty("status").GetString()!
        );
    }

    /// <summary>A report names files from the project's folder, or by their full path.</summary>
    private static string NameOf(string file, string folder)
    {
        string name = file.Replace('\\', '/');
        int at = name.LastIndexOf($"/{folder}/", StringComparison.Ordinal);
        return at < 0 ? $"{folder}/{name}" : name[(at + 1)..];
    }

    private static int OffsetOf(string text, JsonElement place)
    {
        int at = 0;
        for (int line = 1; line < place.GetProperty("line").GetInt32(); line++)
        {
            at = text.IndexOf('\n', at) + 1;
        }

        return Math.Min(at + place.GetProperty("column").GetInt32() - 1, text.Length);
    }
}

/// <summary>A run that says nothing about the tests.</summary>
internal sealed class MutationException(string message) : Exception(message);
