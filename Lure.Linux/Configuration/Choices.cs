using System;

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
