using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lure.EndToEnd.Tests.Relay;

/// <summary>
/// What the program says in its log about a session that ended. The members' names in json are all
/// that the tests know of the log's form.
/// </summary>
internal sealed record SessionEnd
{
    /// <summary>Who ended it and in which state, two letters.</summary>
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    [JsonPropertyName("client")]
    public string? Client { get; init; }

    [JsonPropertyName("up")]
    public long Up { get; init; }

    [JsonPropertyName("down")]
    public long Down { get; init; }

    [JsonPropertyName("lost_up")]
    public long LostUp { get; init; }

    [JsonPropertyName("lost_down")]
    public long LostDown { get; init; }

    [JsonPropertyName("c")]
    public string? ClientEnd { get; init; }

    [JsonPropertyName("s")]
    public string? ServerEnd { get; init; }

    [JsonPropertyName("out_c")]
    public string? ClientOut { get; init; }

    [JsonPropertyName("out_s")]
    public string? ServerOut { get; init; }

    /// <summary>Null for a line that tells something else.</summary>
    public static SessionEnd? Parse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        using var document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty("code", out _)
            ? document.RootElement.Deserialize<SessionEnd>()
            : null;
    }
}
