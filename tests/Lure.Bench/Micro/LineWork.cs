using System;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Linux.Configuration;
using Lure.Linux.Logging;
using Lure.Sim;

namespace Lure.Bench.Micro;

/// <summary>The line of a session, and that of an event.</summary>
internal sealed class LineWork(LogFormat format) : MicroWork
{
    private const int TextBytes = 4096;
    private const long Millisecond = 1_000_000;

    private readonly LogLines _lines = new(
        format,
        new LogNames(["front"], ["back"], ["server"]),
        TimeProvider.System,
        TextBytes
    );

    public override void Run(int operations)
    {
        LoopRecord session = new()
        {
            Kind = RecordKind.SessionEnd,
            Client = ClientAddress.From(FakeAddress.IPv6(40_000)),
            ServerErrno = Errno.ConnectionReset,
            Who = (byte)'S',
            State = (byte)'D',
            ServerEnd = EndKind.Reset,
            ClientOut = EndKind.Reset,
        };
        LoopRecord ejection = new() { Kind = RecordKind.ServerEjected, ServerErrno = Errno.ConnectionRefused };
        for (int i = 0; i < operations; i++)
        {
            session.StartedAt += Millisecond;
            session.EndedAt += 2 * Millisecond;
            _lines.Add(in session);
            _lines.Add(in ejection);
            if (_lines.Full)
            {
                _lines.Clear();
            }
        }
    }

    public override void Dispose()
    {
        _lines.Dispose();
        base.Dispose();
    }
}
