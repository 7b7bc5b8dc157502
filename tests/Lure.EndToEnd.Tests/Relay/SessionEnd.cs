using System;
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
    public string? ClientHost { get; init; }

    [JsonPropertyName("client_port")]
    public int? ClientPort { get; init; }

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

    /// <summary>The client's address with its port, as its own end of the connection prints it.</summary>
    public string Client =>
        ClientHost?.Contains(':', StringComparison.Ordinal) == true
            ? $"[{ClientHost}]:{ClientPort}"
            : $"{ClientHost}:{ClientPort}";

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
