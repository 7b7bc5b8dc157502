using Lure.Analyzers;

namespace Lure.Core.Connections;

/// <summary>The two letters of HAProxy's termination state (its configuration manual, 8.5), made honest.</summary>
[HotPath]
public static class EndCode
{
    /// <summary>Who ended it first, ASCII.</summary>
    public static byte Who(ConnectionFlags flags) =>
        flags.Cause() switch
        {
            EndCause.Client => (byte)'C',
            EndCause.ClientTimer => (byte)'c',
            EndCause.Server => (byte)'S',
            EndCause.ServerTimer => (byte)'s',
            EndCause.Resource => (byte)'R',
            EndCause.Internal => (byte)'I',
            EndCause.Killed => (byte)'K',
            _ => (byte)'-',
        };

    /// <summary>In which state it was, ASCII.</summary>
    public static byte State(ConnectionFlags flags) =>
        flags.EndState() switch
        {
            EndState.Queue => (byte)'Q',
            EndState.Connect => (byte)'C',
            EndState.Data => (byte)'D',
            EndState.Last => (byte)'L',
            _ => (byte)'-',
        };
}
