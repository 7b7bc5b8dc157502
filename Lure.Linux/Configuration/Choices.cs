using System;
using Lure.Core.Backends;

namespace Lure.Linux.Configuration;

/// <summary>The words that a key or a flag takes.</summary>
internal sealed class Choices<T>(params (string Word, T Value)[] words)
    where T : struct
{
    public string[] Words { get; } = Array.ConvertAll(words, word => word.Word);

    public bool TryFind(string text, out T value, out Fault fault)
    {
        int index = Array.IndexOf(Words, text);
        value = index < 0 ? default : words[index].Value;
        fault =
            index >= 0
                ? default
                : new Fault(ErrorId.UnknownValue, $"unknown value \"{text}\"", Suggestion.For(text, Words, "one of"));
        return index >= 0;
    }
}

/// <summary>The words of this configuration.</summary>
internal static class Words
{
    public static Choices<Balance> Balance { get; } =
        new(
            ("round-robin", Core.Backends.Balance.RoundRobin),
            ("leastconn", Core.Backends.Balance.LeastConnections),
            ("random2", Core.Backends.Balance.RandomTwo),
            ("source", Core.Backends.Balance.Source)
        );

    public static Choices<LogTarget> LogTarget { get; } =
        new(("stdout", Configuration.LogTarget.Stdout), ("none", Configuration.LogTarget.None));

    public static Choices<LogFormat> LogFormat { get; } =
        new(
            ("haproxy", Configuration.LogFormat.HAProxy),
            ("json", Configuration.LogFormat.Json),
            ("logfmt", Configuration.LogFormat.Logfmt)
        );
}
