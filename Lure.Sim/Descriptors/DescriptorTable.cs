using System;
using System.Globalization;
using System.Text;
using Lure.Core.Kernel;

namespace Lure.Sim.Descriptors;

/// <summary>
/// The descriptors of a process: lowest free number first (open(2)), a limit, and a ledger that
/// knows which number was closed when.
/// </summary>
public sealed class DescriptorTable
{
    /// <summary>0 to 2 are the standard streams.</summary>
    internal const int First = 3;

    private readonly FreeNumbers _free = new(First);
    private Entry[] _entries = new Entry[64];
    private long _births;

    /// <summary>One above the largest number that was ever given.</summary>
    private int _end = First;

    internal DescriptorTable(int limit) => Limit = limit;

    /// <summary>One above the largest number that may be given (RLIMIT_NOFILE); may change at any time.</summary>
    public int Limit { get; set; }

    /// <summary>How many are open.</summary>
    public int OpenCount { get; private set; }

    /// <summary>How many were ever opened.</summary>
    public long Opened => _births;

    /// <summary>The number that the next call would get.</summary>
    public int LowestFree => _free.Lowest;

    /// <summary>Lowers the limit so that nothing more can be opened, whatever is closed stays usable.</summary>
    public void Exhaust() => Limit = LowestFree;

    public bool IsOpen(int fd) => Find(fd) is not null;

    /// <summary>The open descriptors with their order of birth, for messages.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        for (int fd = First; fd < _end; fd++)
        {
            if (_entries[fd].File is { } file)
            {
                text.Append(CultureInfo.InvariantCulture, $"{fd}#{_entries[fd].Birth} {file.GetType().Name}; ");
            }
        }

        return text.Length == 0 ? "none" : text.ToString(0, text.Length - 2);
    }

    /// <summary>Whether one more fits under the limit.</summary>
    internal bool HasRoom => LowestFree < Limit;

    /// <returns>The number, or -EMFILE.</returns>
    internal int Add(OpenFile file)
    {
        int fd = _free.Lowest;
        if (fd >= Limit)
        {
            return -Errno.TooManyFiles;
        }

        if (fd >= _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        _free.Take(fd);
        _end = Math.Max(_end, fd + 1);
        _entries[fd] = new Entry { File = file, Birth = ++_births };
        file.References++;
        OpenCount++;
        return fd;
    }

    internal OpenFile? Find(int fd) => (uint)fd < (uint)_entries.Length ? _entries[fd].File : null;

    /// <summary>Which opening of the process gave this number, 0 when it was never given.</summary>
    internal long BirthOf(int fd) => (uint)fd < (uint)_entries.Length ? _entries[fd].Birth : 0;

    /// <summary>close(2): registrations go with the last descriptor of a file, not with this one (epoll(7), Q6).</summary>
    internal void Remove(int fd)
    {
        OpenFile file = _entries[fd].File!;
        _entries[fd].File = null;
        _free.Return(fd);
        OpenCount--;
        if (--file.References == 0)
        {
            file.DropWatchers();
            file.Close();
        }
    }

    /// <summary>As new, without closing anything: what the descriptors stood for is reset by who owns it.</summary>
    internal void Reset(int limit)
    {
        Array.Clear(_entries, 0, _end);
        _free.Clear();
        (Limit, OpenCount, _births, _end) = (limit, 0, 0, First);
    }

    private struct Entry
    {
        public OpenFile? File;
        public long Birth;
    }
}
