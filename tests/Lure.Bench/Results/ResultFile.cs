using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lure.Bench.Load;

namespace Lure.Bench.Results;

/// <summary>A result as JSON: every sample, and the medians and verdicts for who does not want to compute them.</summary>
internal static class ResultFile
{
    public const string Name = "result.json";

    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Save(ComparisonResult result, string path)
    {
        Saved saved = new(result, [.. result.Rows.SelectMany(row => Summarize(result, row))]);
        File.WriteAllText(path, JsonSerializer.Serialize(saved, s_options) + "\n");
    }

    /// <exception cref="LoadException">The file is not there, or is no result.</exception>
    public static ComparisonResult Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Saved>(File.ReadAllText(path), s_options)?.Result
                ?? throw new LoadException($"{path} holds no result");
        }
        catch (System.Exception failure) when (failure is IOException or JsonException)
        {
            throw new LoadException($"{path}: {failure.Message}");
        }
    }

    private static IEnumerable<SavedFigure> Summarize(ComparisonResult result, RowResult row) =>
        row.Figures.Select(figure =>
        {
            Verdict? verdict = Verdict.Of(result, figure);
            return new SavedFigure(
                row.Key,
                figure.Figure.Name,
                figure.Samples.Keys.ToDictionary(relay => relay, relay => figure.Values(relay)?.Median),
                verdict?.Outcome,
                verdict?.Reason
            );
        });

    private sealed record Saved(ComparisonResult Result, ImmutableArray<SavedFigure> Summary);

    private sealed record SavedFigure(
        string Row,
        string Figure,
        Dictionary<string, double?> Medians,
        Outcome? Outcome,
        string? Reason
    );
}
