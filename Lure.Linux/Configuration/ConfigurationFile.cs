using System;
using System.IO;
using System.Text;

namespace Lure.Linux.Configuration;

/// <summary>Takes a file from the disk, whatever the path leads to.</summary>
internal static class ConfigurationFile
{
    public const string DefaultPath = "/etc/lure/lure.toml";

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Null if it cannot be read, which is then reported.</summary>
    public static SourceText? Load(string path, ProblemList problems)
    {
        problems.Path = path;
        byte[]? bytes = ReadBytes(path, out Fault fault);
        if (bytes is null)
        {
            problems.Add(Place.WholeFile, fault);
            return null;
        }

        // Bytes that are no UTF-8 become �, so that their line can be shown.
        string text = Encoding.UTF8.GetString(bytes);
        int invalid = FirstInvalid(bytes);
        string? marked = text.StartsWith(ByteOrderMark) ? text[1..] : null;
        var source = new SourceText(path, marked ?? text);
        problems.Source = source;
        if (invalid < 0)
        {
            return source;
        }

        int offset = Encoding.UTF8.GetCharCount(bytes.AsSpan(0, invalid)) - (marked is null ? 0 : 1);
        problems.Add(
            new Place(offset, 1),
            ErrorId.NotUtf8,
            $"byte 0x{bytes[invalid]:x2} is not UTF-8",
            "save the file in UTF-8"
        );
        return null;
    }

    private static byte[]? ReadBytes(string path, out Fault fault)
    {
        fault = default;
        try
        {
            if (path.Length == 0 || Directory.Exists(path))
            {
                fault = Unreadable(path.Length == 0 ? "the path is empty" : "it is a directory", "name a file");
                return null;
            }

            using FileStream stream = File.OpenRead(path);
            byte[] buffer = new byte[Limits.FileBytesMax + 1];
            int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length <= Limits.FileBytesMax)
            {
                return buffer[..length];
            }

            fault = Unreadable($"it is larger than {Limits.FileBytesMax >> 20} MiB", "is this a configuration?");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            fault = Unreadable("there is no such file", $"name it with -c; the default is {DefaultPath}");
        }
        catch (UnauthorizedAccessException)
        {
            fault = Unreadable("permission denied", $"it has to be readable by {Environment.UserName}");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            fault = Unreadable(e.Message);
        }

        return null;
    }

    private static Fault Unreadable(string cause, string? cure = null) =>
        new(ErrorId.FileUnreadable, $"cannot read the configuration: {cause}", cure);

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out int consumed) != System.Buffers.OperationStatus.Done)
            {
                return at;
            }

            at += consumed;
        }

        return -1;
    }
}
