using System;
using System.Globalization;
using System.Text;
using Lure.Core.Kernel;

namespace Lure.Sim.Descriptors;

/// <summary>
/// The descriptors of the process: lowest free number first (open(2)), a limit, and a ledger that
/// knows which number was closed when.
/// </summary>
public sealed class DescriptorTable
{
    /// <summary>0 to 2 are the standard streams.</summary>
    private const int First = 3;

    private Entry[] _entries = new Entry[64];
    private long _births;

    internal DescriptorTable(int limit) => Limit = limit;

    /// <summary>One above the largest number that may be given (RLIMIT_NOFILE); may change at any time.</summary>
    public int Limit { get; set; }

    /// <summary>How many are open.</summary>
    public int OpenCount { get; private set; }

    /// <summary>How many were ever opened.</summary>
    public long Opened => _births;

    /// <summary>The number that the next call would get.</summary>
    public int LowestFree
    {
        get
        {
            int fd = First;
            while (fd < _entries.Length && _entries[fd].File is not null)
            {
                fd++;
            }

            return fd;
        }
    }

    /// <summary>Lowers the limit so that nothing more can be opened, whatever is closed stays usable.</summary>
    public void Exhaust() => Limit = LowestFree;

    public bool IsOpen(int fd) => Find(fd) is not null;

    /// <summary>The open descriptors with their order of birth, for messages.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        for (int fd = First; fd < _entries.Length; fd++)
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
        int fd = LowestFree;
        if (fd >= Limit)
        {
            return -Errno.TooManyFiles;
        }

        if (fd >= _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        _entries[fd] = new Entry { File = file, Birth = ++_births };
        OpenCount++;
        return fd;
    }

    internal OpenFile? Find(int fd) => (uint)fd < (uint)_entries.Length ? _entries[fd].File : null;

    /// <summary>Which opening of the process gave this number, 0 when it was never given.</summary>
    internal long BirthOf(int fd) => (uint)fd < (uint)_entries.Length ? _entries[fd].Birth : 0;

    internal void Remove(int fd)
    {
        OpenFile file = _entries[fd].File!;
        _entries[fd].File = null;
        OpenCount--;
        file.DropWatchers();
        file.Close();
    }

    private struct Entry
    {
        public OpenFile? File;
        public long Birth;
    }
}
