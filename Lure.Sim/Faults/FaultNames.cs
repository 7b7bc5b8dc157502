using System;

namespace Lure.Sim.Faults;

/// <summary>How reports and documents call a fault (docs/simulation.md).</summary>
internal static class FaultNames
{
    public static string Code(this Fault fault) =>
        fault switch
        {
            Fault.ShortRead => "X1",
            Fault.ShortWrite => "X2",
            Fault.EarlyEvent => "X3",
            Fault.SpuriousEvent => "X4",
            Fault.SplitEvent => "X5",
            Fault.EventOrder => "X6",
            Fault.StaleEvent => "X7",
            Fault.EventVariant => "X8",
            Fault.Interruption => "X9",
            Fault.ClockJump => "X10",
            Fault.FinPosition => "X11",
            Fault.Reset => "X12",
            Fault.RudePeer => "X13",
            Fault.ConnectOutcome => "X14",
            Fault.AcceptError => "X15",
            Fault.CallError => "X16",
            Fault.WatchError => "X17",
            Fault.Clog => "X18",
            Fault.Pace => "X19",
            Fault.Exhaustion => "X20",
            Fault.DeadNetwork => "X21",
            Fault.CloseError => "X22",
            Fault.Operator => "X23",
            Fault.Urgent => "X24",
            Fault.Splice => "X25",
            Fault.Scribble => "X28",
            Fault.PassedDescriptor => "X29",
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
}
