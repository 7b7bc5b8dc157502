using System;
using System.Globalization;
using System.Text;
using Lure.Core.Kernel;

namespace Lure.Sim.Conformance;

/// <summary>Answers as text, as the table of expectations has them.</summary>
public static class AnswerText
{
    public static string[] Of(ReadOnlySpan<Step> steps, ReadOnlySpan<Answer> answers)
    {
        string[] texts = new string[answers.Length];
        for (int i = 0; i < answers.Length; i++)
        {
            texts[i] = Of(steps[i].Kind, answers[i]);
        }

        return texts;
    }

    /// <summary>As a line of a record has them: behind a count of bytes that were read stands a hash of these.</summary>
    public static string Recorded(ReadOnlySpan<Step> steps, ReadOnlySpan<Answer> answers)
    {
        StringBuilder text = new();
        for (int i = 0; i < answers.Length; i++)
        {
            (StepKind kind, Answer answer) = (steps[i].Kind, answers[i]);
            text.Append(i == 0 ? "" : "; ").Append(Of(kind, answer));
            if (answer.Result > 0 && kind is (StepKind.Recv or StepKind.Peek or StepKind.ReadV or StepKind.RecvOob))
            {
                text.Append(CultureInfo.InvariantCulture, $"#{(uint)answer.Detail:x}");
            }
        }

        return text.ToString();
    }

    /// <summary>A count, a mask, events as name:mask, an errno, "new" or "as x" for a descriptor.</summary>
    public static string Of(StepKind kind, Answer answer)
    {
        if (answer.Result < 0)
        {
            return ErrnoName.Of(-answer.Result);
        }

        return kind switch
        {
            StepKind.Tcp or StepKind.Unix or StepKind.Epoll or StepKind.Pipe or StepKind.Accept or StepKind.Dup =>
                answer.Detail == 0 ? "new" : $"as {ScriptText.Name((int)answer.Detail - 1)}",
            StepKind.Poll => ScriptText.Mask((uint)answer.Result),
            StepKind.Error => answer.Result == 0 ? "0" : ErrnoName.Of(answer.Result),
            StepKind.Fill or StepKind.Drain => "0",
            StepKind.Wait => Events(answer),
            _ => answer.Result.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string Events(Answer answer)
    {
        StringBuilder text = new();
        for (int i = 0; i < answer.Result; i++)
        {
            (int name, Readiness readiness) = PackedEvents.At(answer.Detail, i);
            text.Append(i == 0 ? "" : " ").Append(ScriptText.Name(name)).Append(':');
            text.Append(ScriptText.Mask((uint)readiness));
        }

        return answer.Result == 0 ? "-" : text.ToString();
    }
}
