using System;
using System.Globalization;
using Lure.Core.Kernel;
using Lure.Sim.Actors;
using Lure.Sim.Driving;
using Lure.Sim.Scripts;

namespace Lure.Sim.Running;

/// <content>A line for each event; the columns are told in docs/simulation.md.</content>
internal sealed partial class Simulation
{
    private const double NanosecondsPerMillisecond = 1_000_000;

    private void TraceCall(int worker, SyscallKind kind, int fd, long argument, int result)
    {
        if (TraceTo is null || kind == SyscallKind.Notify || (kind == SyscallKind.TakeCommand && result == 0))
        {
            return;
        }

        string about = fd < 0 ? "-" : Ledger.NameOf(fd);
        string detail = kind switch
        {
            SyscallKind.Wait => argument == long.MaxValue ? "for ever"
            : argument <= World.Now ? "not at all"
            : Millis(argument - World.Options.StartTime),
            SyscallKind.Watch or SyscallKind.Rewatch => ((Interest)(uint)argument).ToString(),
            SyscallKind.SetOption => string.Create(
                CultureInfo.InvariantCulture,
                $"{(SocketOption)(argument >> 32)} {(int)argument}"
            ),
            SyscallKind.Receive or SyscallKind.Send => string.Create(CultureInfo.InvariantCulture, $"{argument} B"),
            _ => "-",
        };
        TraceLine(
            _callOf[worker],
            string.Create(CultureInfo.InvariantCulture, $"w{worker + 1}"),
            kind.ToString(),
            $"{about, -12} {detail, -22} = {ErrnoName.OfResult(result)}"
        );
    }

    private void TraceReports(int worker, ReadOnlySpan<KernelEvent> events)
    {
        if (TraceTo is null)
        {
            return;
        }

        foreach (KernelEvent reported in events)
        {
            TraceLine(
                _callOf[worker],
                string.Create(CultureInfo.InvariantCulture, $"w{worker + 1}"),
                "report",
                $"{Ledger.NameOfToken(worker, reported.Token), -12} {reported.Readiness}"
            );
        }
    }

    private void TraceHappening(in Point point, Intervention what)
    {
        if (TraceTo is null)
        {
            return;
        }

        string state = "";
        if (what.Act is Act.Step && what.Who < Cast.Actors.Count)
        {
            Actor actor = Cast.Actors[what.Who];
            state = string.Create(
                CultureInfo.InvariantCulture,
                $"step {actor.At + 1}, sent {actor.Sent}, read {actor.Taken}{(actor.Gone ? ", gone" : "")}"
            );
        }

        string words = PinText.Of(Recording.PinOf(this, new Happening(point.Call, point.Moment, point.Round, what)));
        TraceLine(point.Call, "--", words, state);
    }

    private void TraceStage(string what)
    {
        if (TraceTo is not null)
        {
            TraceLine(Calls, "--", what, "");
        }
    }

    private void TraceLine(long call, string who, string what, string rest) =>
        TraceTo!.WriteLine(
            string.Create(
                    CultureInfo.InvariantCulture,
                    $"{call, 5} {Millis(World.Now - World.Options.StartTime), 10} {who} {what, -13} {rest}"
                )
                .TrimEnd()
        );

    private static string Millis(long nanoseconds) =>
        (nanoseconds / NanosecondsPerMillisecond).ToString("0.000", CultureInfo.InvariantCulture);
}
