using Lure.Core.Records;
using Lure.Linux.Configuration;
using NUnit.Framework;

namespace Lure.Linux.Tests.Logging;

internal sealed class SessionLineTests
{
    private const string Start = "[21/Aug/2026:18:01:40.512]";

    [Test]
    public void HAProxy_fields_stand_where_tcplog_has_them() =>
        Assert.That(
            SampleRecords.Text(LogFormat.HAProxy, SampleRecords.Names, SampleRecords.Whole()),
            Is.EqualTo(
                $"10.9.8.7:40112 {Start} pg pg/s2 3/5/734 48120333 -- 11/8/3/1/+1 0/0 "
                    + "id=2-19 c=FIN s=FIN out_c=FIN out_s=FIN up=912334 down=48120333 lost_up=0 lost_down=0\n"
            )
        );

    [Test]
    public void HAProxy_line_of_a_cut_session_counts_what_the_client_got_and_puts_the_first_end_first() =>
        Assert.That(
            SampleRecords.Text(LogFormat.HAProxy, SampleRecords.Names, SampleRecords.Cut()),
            Is.EqualTo(
                $"2001:db8::1:443 {Start} pg pg/s1 3/5/734 48119821 SD 11/8/3/1/0 0/0 id=2-19 s=RST c=- "
                    + "out_c=RST out_s=- up=912334 down=48120333 lost_up=7 lost_down=512 errno_s=ECONNRESET\n"
            )
        );

    [Test]
    public void HAProxy_line_without_a_server_names_none() =>
        Assert.That(
            SampleRecords.Text(LogFormat.HAProxy, SampleRecords.Names, SampleRecords.Refused()),
            Is.EqualTo(
                $"unix:1 {Start} pg pg/<NOSRV> -1/-1/1 0 SQ 0/0/0/0/0 0/0 id=0-1 c=- s=- "
                    + "out_c=RST out_s=- up=0 down=0 lost_up=0 lost_down=0\n"
            )
        );

    [Test]
    public void Json_has_the_same_keys_whatever_happened()
    {
        Assert.That(
            SampleRecords.Text(LogFormat.Json, SampleRecords.Names, SampleRecords.Cut()),
            Is.EqualTo(
                "{\"time\":\"2026-08-21T18:01:40.512Z\",\"event\":\"session\",\"id\":\"2-19\",\"client\":\"2001:db8::1\","
                    + "\"client_port\":443,\"listener\":\"pg\",\"backend\":\"pg\",\"server\":\"s1\",\"code\":\"SD\",\"tw\":3,\"tc\":5,"
                    + "\"tt\":734,\"bytes\":48119821,\"actconn\":11,\"feconn\":8,\"beconn\":3,\"srv_conn\":1,\"retries\":0,"
                    + "\"c\":\"-\",\"s\":\"RST\",\"first\":\"s\",\"out_c\":\"RST\",\"out_s\":\"-\",\"up\":912334,\"down\":48120333,"
                    + "\"lost_up\":7,\"lost_down\":512,\"errno_c\":null,\"errno_s\":\"ECONNRESET\"}"
                    + "\n"
            )
        );
        Assert.That(
            SampleRecords.Text(LogFormat.Json, SampleRecords.Names, SampleRecords.Refused()),
            Is.EqualTo(
                "{\"time\":\"2026-08-21T18:01:40.512Z\",\"event\":\"session\",\"id\":\"0-1\",\"client\":\"unix\","
                    + "\"client_port\":null,\"listener\":\"pg\",\"backend\":null,\"server\":null,\"code\":\"SQ\",\"tw\":-1,\"tc\":-1,"
                    + "\"tt\":1,\"bytes\":0,\"actconn\":0,\"feconn\":0,\"beconn\":0,\"srv_conn\":0,\"retries\":0,"
                    + "\"c\":\"-\",\"s\":\"-\",\"first\":\"-\",\"out_c\":\"RST\",\"out_s\":\"-\",\"up\":0,\"down\":0,"
                    + "\"lost_up\":0,\"lost_down\":0,\"errno_c\":null,\"errno_s\":null}"
                    + "\n"
            )
        );
    }

    [Test]
    public void Logfmt_lines()
    {
        Assert.That(
            SampleRecords.Text(LogFormat.Logfmt, SampleRecords.Names, SampleRecords.Cut()),
            Is.EqualTo(
                "time=2026-08-21T18:01:40.512Z event=session id=2-19 client=2001:db8::1 client_port=443 "
                    + "listener=pg backend=pg server=s1 code=SD tw=3 tc=5 tt=734 bytes=48119821 actconn=11 "
                    + "feconn=8 beconn=3 srv_conn=1 retries=0 c=- s=RST first=s out_c=RST out_s=- up=912334 "
                    + "down=48120333 lost_up=7 lost_down=512 errno_s=ECONNRESET\n"
            )
        );
        Assert.That(
            SampleRecords.Text(LogFormat.Logfmt, SampleRecords.Names, SampleRecords.Refused()),
            Does.Contain(" client=unix client_port= listener=pg backend= server= code=SQ tw=-1 tc=-1 tt=1 ")
        );
    }

    [Test]
    public void Tc_is_minus_one_when_the_last_attempt_did_not_connect()
    {
        LoopRecord record = SampleRecords.Whole();
        record.ConnectedAt = 0;
        record.Retries = 7;
        record.ClientErrno = 4095;
        Assert.That(
            SampleRecords.Text(LogFormat.HAProxy, SampleRecords.Names, record),
            Does.Contain(" 3/-1/734 ").And.Contain("/+7 0/0 ").And.EndsWith(" errno_c=4095\n")
        );
    }

    [TestCase(EndKind.Fin, EndKind.Reset, false, "c=FIN s=RST", "c")]
    [TestCase(EndKind.Fin, EndKind.Reset, true, "s=RST c=FIN", "s")]
    [TestCase(EndKind.None, EndKind.Timeout, false, "s=TMO c=-", "s")]
    [TestCase(EndKind.Timeout, EndKind.None, true, "c=TMO s=-", "c")]
    [TestCase(EndKind.None, EndKind.None, true, "c=- s=-", "-")]
    public void Ends_stand_in_the_order_of_their_arrival(
        EndKind client,
        EndKind server,
        bool serverFirst,
        string pairs,
        string first
    )
    {
        LoopRecord record = SampleRecords.Whole();
        record.ClientEnd = client;
        record.ServerEnd = server;
        record.ServerEndedFirst = serverFirst;
        Assert.That(
            SampleRecords.Text(LogFormat.HAProxy, SampleRecords.Names, record),
            Does.Contain($"id=2-19 {pairs} out_c=")
        );
        Assert.That(
            SampleRecords.Text(LogFormat.Logfmt, SampleRecords.Names, record),
            Does.Contain($" first={first} out_c=")
        );
    }
}
