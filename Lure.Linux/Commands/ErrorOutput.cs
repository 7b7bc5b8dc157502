using System;
using System.IO;
using System.Text;

namespace Lure.Linux.Commands;

/// <summary>
/// stderr as a program has to take it: closed, full, or a pipe that nobody reads. What cannot be
/// said there cannot be said at all, and is no reason not to relay.
/// </summary>
internal sealed class ErrorOutput(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return;
        }
    }
}
