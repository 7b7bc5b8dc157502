using System.Globalization;
using System.Text;
using Lure.Sim.Actors;

namespace Lure.Sim.Scripts;

/// <summary>Programs of peers as scripts write them.</summary>
internal static class ProgramText
{
    public static string Of(System.Collections.Immutable.ImmutableArray<Step> program)
    {
        StringBuilder text = new();
        foreach (Step step in program)
        {
            text.Append(text.Length > 0 ? " " : "").Append(Letter(step.Verb));
            if (HasNumber(step))
            {
                text.Append(CultureInfo.InvariantCulture, $"{(IsEndless(step) ? 0 : step.Count)}");
            }

            AppendExpectation(text, step.Expected);
        }

        return text.ToString();
    }

    public static char Letter(Verb verb) =>
        verb switch
        {
            Verb.Connect => 'C',
            Verb.Accept => 'A',
            Verb.Send => 'S',
            Verb.SendRights => 'X',
            Verb.Receive => 'R',
            Verb.Echo => 'E',
            Verb.Finish => 'F',
            Verb.StopReading => 'r',
            Verb.LingerOff => 'G',
            Verb.Close => 'K',
            Verb.Pause => 'P',
            Verb.WaitInput => 'I',
            Verb.WaitOutput => 'O',
            Verb.Window => 'Z',
            Verb.Hold => 'H',
            Verb.Urgent => 'U',
            _ => 'h',
        };

    private static bool HasNumber(Step step) =>
        step.Verb is Verb.Send or Verb.SendRights or Verb.Pause or Verb.Window
        || (step.Verb == Verb.Receive && step.Count > 0);

    private static bool IsEndless(Step step) => step.Verb == Verb.Send && step.Count == int.MaxValue;

    private static void AppendExpectation(StringBuilder text, ReadExpectation expected)
    {
        string end = expected.End switch
        {
            null => "",
            PeerEnd.Fin => "fin",
            PeerEnd.Reset => "rst",
            _ => "open",
        };
        if (expected.Bytes is { } bytes)
        {
            text.Append(CultureInfo.InvariantCulture, $" ={bytes}{(end.Length > 0 ? "," : "")}{end}");
        }
        else if (end.Length > 0)
        {
            text.Append(" =").Append(end);
        }
    }
}
