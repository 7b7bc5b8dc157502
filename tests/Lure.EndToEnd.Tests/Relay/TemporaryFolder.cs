using System;
using System.IO;

namespace Lure.EndToEnd.Tests.Relay;

/// <summary>A folder for sockets and configuration files, removed with all that is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("lure-").FullName;

    public string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>Writes a file and tells its path.</summary>
    public string Write(string name, string text)
    {
        var path = PathOf(name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Starts the program with that configuration.</summary>
    public RelayProcess Run(string configuration) =>
        RelayProcess.Start(CommandLine.Run, CommandLine.File, Write("lure.toml", configuration));

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
