using System;
using System.IO;
using Lure.Linux.Configuration;

namespace Lure.Linux.Simulation;

/// <summary>A tape or a script from the disk.</summary>
internal static class InputFile
{
    /// <returns>Null if it cannot be read, which is then reported.</returns>
    public static SourceText? Load(string path, ProblemList problems)
    {
        problems.Path = path;
        try
        {
            SourceText source = new(path, File.ReadAllText(path));
            problems.Source = source;
            return source;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add(Place.WholeFile, ErrorId.FileUnreadable, $"it cannot be read: {e.Message}");
            return null;
        }
    }
}
