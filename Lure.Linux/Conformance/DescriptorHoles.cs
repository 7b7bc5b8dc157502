using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Lure.Linux.Kernel;

namespace Lure.Linux.Conformance;

/// <summary>
/// Fills the free numbers below the largest descriptor of this process: a script's descriptors are
/// then the first ones free, and which number it gets says something.
/// </summary>
internal sealed class DescriptorHoles : IDisposable
{
    private readonly List<int> _fillers = [];

    public DescriptorHoles()
    {
        int highest = Directory
            .EnumerateFileSystemEntries("/proc/self/fd")
            .Max(entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture));
        int fd;
        while ((fd = SocketCalls.Duplicate(highest)) >= 0 && fd < highest)
        {
            _fillers.Add(fd);
        }

        if (fd >= 0)
        {
            _ = Libc.Close(fd);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _fillers.ForEach(fd => _ = Libc.Close(fd));
}
