using System;
using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Linux.Configuration;
using NUnit.Framework;

namespace Lure.Linux.Tests.Logging;

internal sealed class OperatorLineTests
{
    private static IEnumerable<TestCaseData> Told()
    {
        yield return Case(
            RecordKind.ServerEjected,
            Errno.ConnectionRefused,
            "warning server_ejected [21/Aug/2026:18:01:40.512] server pg/s2 failed too often in a row, at last with ECONNREFUSED and gets no "
                + "sessions for a while. Look at the server and the network to it; eject in [backend.pg] sets after "
                + "how many failures and for how long"
        );
        yield return Case(
            RecordKind.AllEjected,
            0,
            "error all_ejected [21/Aug/2026:18:01:40.512] every server of backend pg failed too often in a row, so all of them are tried again. "
                + "Look at the servers and the network to them; eject in [backend.pg] sets when one is left out"
        );
        yield return Case(
            RecordKind.AcceptPaused,
            Errno.TooManyFiles,
            "error accept_paused [21/Aug/2026:18:01:40.512] listener pg: accept failed with EMFILE and pauses, new clients wait in the backlog. "
                + "The process is out of descriptors: raise LimitNOFILE (ulimit -n), or lower maxconn in [process]"
        );
        yield return Case(
            RecordKind.SessionsFull,
            0,
            "warning sessions_full [21/Aug/2026:18:01:40.512] the limit of sessions is reached, 9000 are open and new clients wait in the "
                + "backlog. Raise maxconn in [process], and with it LimitNOFILE (ulimit -n)"
        );
        yield return Case(
            RecordKind.ListenerFailed,
            Errno.BadDescriptor,
            "error listener_failed [21/Aug/2026:18:01:40.512] listener pg failed for good with EBADF: it accepts nobody any more, open sessions "
                + "go on. Restart lure, and look at [listen.pg] if it happens again"
        );
        yield return Case(
            RecordKind.SelfCheckFailed,
            0,
            "error self_check_failed [21/Aug/2026:18:01:40.512] session 2-19 contradicted itself and was reset, flags 0xdeadbeef. This is a "
                + "defect of lure and no setting cures it: please report this line"
        );
    }

    [TestCaseSource(nameof(Told))]
    public void Each_says_the_cause_and_what_to_change(RecordKind kind, int errno, string expected)
    {
        string line = SampleRecords.Text(LogFormat.HAProxy, SampleRecords.Names, Record(kind, errno));
        Assert.That(line, Is.EqualTo($"lure: {expected}\n"));
    }

    [Test]
    public void Json_and_logfmt_carry_the_same_facts_as_fields()
    {
        LoopRecord record = Record(RecordKind.ServerEjected, Errno.ConnectionRefused);
        Assert.That(
            SampleRecords.Text(LogFormat.Json, SampleRecords.Names, record),
            Does.StartWith(
                    "{\"time\":\"2026-08-21T18:01:40.512Z\",\"event\":\"server_ejected\",\"level\":\"warning\",\"listener\":null,"
                        + "\"backend\":\"pg\",\"server\":\"s2\",\"errno\":\"ECONNREFUSED\",\"until\":\"2026-08-21T18:01:50.512Z\","
                        + "\"times\":1,\"msg\":\"server pg/s2 failed"
                )
                .And.EndsWith("\"}\n")
        );
        Assert.That(
            SampleRecords.Text(LogFormat.Logfmt, SampleRecords.Names, record),
            Does.StartWith(
                    "time=2026-08-21T18:01:40.512Z event=server_ejected level=warning backend=pg server=s2 "
                        + "errno=ECONNREFUSED until=2026-08-21T18:01:50.512Z times=1 msg=\"server pg/s2 failed"
                )
                .And.EndsWith("\"\n")
        );
    }

    [TestCase(RecordKind.AcceptPaused)]
    [TestCase(RecordKind.AllEjected)]
    [TestCase(RecordKind.SessionsFull)]
    public void Repeated_events_become_one_line_with_their_number(RecordKind kind)
    {
        LoopRecord record = Record(kind, Errno.TooManyFiles);
        string text = SampleRecords.Text(LogFormat.HAProxy, SampleRecords.Names, record, record, record);
        Assert.That(text, Does.EndWith(" times=3\n"));
        Assert.That(text.AsSpan().Count('\n'), Is.EqualTo(1));
    }

    [Test]
    public void An_event_about_something_without_a_name_is_told_all_the_same()
    {
        LoopRecord record = Record(RecordKind.AcceptPaused, errno: 0);
        record.Listener = 99;
        Assert.That(
            SampleRecords.Text(LogFormat.HAProxy, SampleRecords.Names, record),
            Does.Contain("listener ?: accept failed with an unknown error")
        );
    }

    private static TestCaseData Case(RecordKind kind, int errno, string expected) =>
        new TestCaseData(kind, errno, expected).SetArgDisplayNames(kind.ToString());

    private static LoopRecord Record(RecordKind kind, int errno) =>
        new()
        {
            Kind = kind,
            Id = (2UL << 56) | 0x19,
            Worker = 2,
            Flags = 0xdeadbeef,
            StartedAt = FixedTime.Start,
            EndedAt = kind == RecordKind.ServerEjected ? FixedTime.Start + 10_000_000_000 : 0,
            Server = 1,
            ProcessSessions = 9000,
            ClientErrno = errno,
            ServerErrno = errno,
        };
}
