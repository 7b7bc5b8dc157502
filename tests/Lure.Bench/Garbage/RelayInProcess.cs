using System;
using System.IO;
using Lure.Bench.Load;
using Lure.Core.Backends;
using Lure.Linux.Configuration;
using Lure.Linux.Logging;
using Lure.Linux.Relay;
using Lure.Linux.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Lure.Bench.Garbage;

/// <summary>A relay with its log on inside this process, where the collector can be watched.</summary>
internal sealed class RelayInProcess : IDisposable
{
    private static readonly TimeSpan s_logPatience = TimeSpan.FromSeconds(2);

    private readonly RunningRelay _relay;
    private readonly SafeFileHandle _logFile;
    private readonly LogThread _log;

    /// <param name="backendPort">To relay to, of 127.0.0.1.</param>
    /// <param name="logPath">A file for the session log.</param>
    public RelayInProcess(int backendPort, string logPath)
    {
        Settings settings = SettingsFor(backendPort);
        _relay = RunningRelay.Start(settings);
        _logFile = File.OpenHandle(logPath, FileMode.Create, FileAccess.Write);
        _log = new LogThread(
            LogTarget.Stdout,
            LogFormat.HAProxy,
            (int)_logFile.DangerousGetHandle(),
            _relay.Records,
            _relay.RecordsReady,
            LogNames.From(settings)
        );
        _log.Start();
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => PrintedAddress.Port(_relay.Addresses[0].Address);

    /// <summary>Sessions that the log thread has taken.</summary>
    public long LoggedSessions => _log.Records;

    public void Dispose()
    {
        _relay.Stop();
        _relay.WaitForEnd();
        if (!_log.Stop(s_logPatience))
        {
            throw new LoadException("the log thread did not end: its file takes nothing");
        }

        _log.Dispose();
        _relay.Dispose();
        _logFile.Dispose();
    }

    private static Settings SettingsFor(int backendPort)
    {
        BindAddress bind = new("127.0.0.1:0", LoopbackPort.Address(0), AnyFamily: false);
        ServerSpec server = new() { Name = "echo", Address = LoopbackPort.Address(backendPort) };
        return new Settings
        {
            Workers = 1,
            Listeners = [new ListenSettings("bench", [bind], 0, UnixMode.Default)],
            Backends = [new BackendSpec { Name = "bench", Servers = [server] }],
        };
    }
}
