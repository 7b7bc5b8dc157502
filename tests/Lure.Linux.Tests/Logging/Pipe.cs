using System;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using Tmds.Linux;

namespace Lure.Linux.Tests.Logging;

/// <summary>A pipe in place of stdout. Whoever reads it waits at most ten seconds for each piece.</summary>
internal sealed unsafe class Pipe : IDisposable
{
    private const int PatienceMilliseconds = 10_000;

    private readonly StringBuilder _unread = new();
    private int _readEnd;

    public Pipe(bool nonBlocking = false)
    {
        int* ends = stackalloc int[2];
        Assert.That(LibC.pipe2(ends, LibC.O_CLOEXEC), Is.Zero);
        (_readEnd, WriteEnd) = (ends[0], ends[1]);
        Assert.That(LibC.fcntl(WriteEnd, LibC.F_SETPIPE_SZ, 4096), Is.EqualTo(4096));
        if (nonBlocking)
        {
            Assert.That(LibC.fcntl(WriteEnd, LibC.F_SETFL, LibC.O_NONBLOCK), Is.Zero);
        }
    }

    public int WriteEnd { get; private set; }

    public string ReadLine()
    {
        int end;
        while ((end = _unread.ToString().IndexOf('\n', StringComparison.Ordinal)) < 0)
        {
            Assert.That(ReadSome(), Is.Positive, "the output ended in the middle of a line");
        }

        string line = _unread.ToString(0, end);
        _ = _unread.Remove(0, end + 1);
        return line;
    }

    /// <summary>Reads on another thread until the write end is closed.</summary>
    public Task<string> ReadToEnd() =>
        Task.Run(() =>
        {
            while (ReadSome() > 0) { }

            return _unread.ToString();
        });

    public void CloseReadEnd() => _readEnd = Close(_readEnd);

    public void CloseWriteEnd() => WriteEnd = Close(WriteEnd);

    public void Dispose()
    {
        CloseReadEnd();
        CloseWriteEnd();
    }

    private static int Close(int fd)
    {
        if (fd >= 0)
        {
            _ = LibC.close(fd);
        }

        return -1;
    }

    private int ReadSome()
    {
        pollfd waited = new() { fd = _readEnd, events = LibC.POLLIN };
        Assert.That(LibC.poll(&waited, 1, PatienceMilliseconds), Is.EqualTo(1), "nothing came");
        byte* bytes = stackalloc byte[4096];
        int count = (int)(long)LibC.read(_readEnd, bytes, 4096);
        _ = _unread.Append(Encoding.UTF8.GetString(bytes, count));
        return count;
    }
}
