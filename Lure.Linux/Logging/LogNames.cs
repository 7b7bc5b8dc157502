using System;
using System.Buffers;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lure.Core.Backends;
using Lure.Linux.Configuration;

namespace Lure.Linux.Logging;

/// <summary>What the numbers in a record are called.</summary>
/// <param name="Listeners">By the number of the listener.</param>
/// <param name="Backends">By the number of the backend.</param>
/// <param name="Servers">By the number that a server has in the whole process.</param>
internal sealed record LogNames(
    ImmutableArray<string> Listeners,
    ImmutableArray<string> Backends,
    ImmutableArray<string> Servers
)
{
    /// <summary>Numbered as the loop numbers them: in the order of the settings, servers through all backends.</summary>
    public static LogNames From(Settings settings)
    {
        List<string> listeners = [];
        foreach (ListenSettings listener in settings.Listeners)
        {
            listeners.Add(listener.Name);
        }

        List<string> backends = [];
        List<string> servers = [];
        foreach (BackendSpec backend in settings.Backends)
        {
            backends.Add(backend.Name);
            foreach (ServerSpec server in backend.Servers)
            {
                servers.Add(server.Name);
            }
        }

        return new LogNames([.. listeners], [.. backends], [.. servers]);
    }
}

/// <summary>One list of names, written once the way a format needs it.</summary>
internal sealed class EncodedNames
{
    private readonly byte[][] _names;

    public EncodedNames(ImmutableArray<string> names, Func<string, byte[]> encode)
    {
        _names = new byte[names.Length][];
        for (int index = 0; index < _names.Length; index++)
        {
            _names[index] = encode(names[index]);
            Longest = Math.Max(Longest, _names[index].Length);
        }
    }

    /// <summary>Bytes of the longest of them.</summary>
    public int Longest { get; }

    /// <returns>Null for a number that stands for none.</returns>
    public byte[]? this[int number] => (uint)number < (uint)_names.Length ? _names[number] : null;
}

/// <summary>How each format writes a text that it did not make itself.</summary>
internal static class NameEncoding
{
    // What logfmt takes without quotes: printable, and neither separator nor quote.
    private static readonly SearchValues<char> s_bare = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'()*+,-./:;<>?@[]^_`{|}~"
    );

    /// <summary>The log is no HTML: letters of every language and <c>&lt;</c> stay as they are.</summary>
    public static JavaScriptEncoder Relaxed => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Spaces and control characters as <c>%20</c>: a field of a line stays one field.</summary>
    public static byte[] OneWord(string name)
    {
        ArrayBufferWriter<byte> word = new(Math.Max(1, name.Length));
        foreach (byte character in Encoding.UTF8.GetBytes(name))
        {
            if (character is > 0x20 and not 0x7f and not (byte)'%' and not (byte)'"' and not (byte)'\\')
            {
                word.Write([character]);
                continue;
            }

            word.Write(Encoding.ASCII.GetBytes($"%{character:X2}"));
        }

        return word.WrittenSpan.ToArray();
    }

    /// <summary>Bare where that is unambiguous, else in quotes with the escapes of JSON.</summary>
    public static byte[] LogfmtValue(string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExcept(s_bare)
            ? Encoding.UTF8.GetBytes(name)
            : [(byte)'"', .. JsonText(name).EncodedUtf8Bytes, (byte)'"'];

    /// <summary>By way of UTF-8, so that half of a surrogate pair becomes a replacement character and no exception.</summary>
    public static JsonEncodedText JsonText(string name) =>
        JsonEncodedText.Encode(Encoding.UTF8.GetBytes(name), Relaxed);
}
