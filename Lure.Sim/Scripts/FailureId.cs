using System;

namespace Lure.Sim.Scripts;

/// <summary>Which check it was that a message is from, so that two failures can be called the same.</summary>
internal static class FailureId
{
    /// <summary>Of a failure that the fake kernel found in itself.</summary>
    public const string Fake = "fake";

    private const string FakePrefix = "the fake kernel:";
    private const string CallPrefix = "call ";

    /// <summary>V11 and the like; else the first words of the message, without what differs from run to run.</summary>
    public static string Of(string message)
    {
        string claim = ClaimOf(message);
        if (claim.StartsWith(FakePrefix, StringComparison.Ordinal))
        {
            return Fake;
        }

        int digits = 1;
        while (digits < claim.Length && char.IsAsciiDigit(claim[digits]))
        {
            digits++;
        }

        if (claim.StartsWith('V') && digits > 1)
        {
            return claim[..digits];
        }

        int end = 0;
        while (end < claim.Length && (char.IsAsciiLetter(claim[end]) || claim[end] == ' '))
        {
            end++;
        }

        return claim[..end].Trim().Replace(' ', '-');
    }

    /// <summary>The message without the call that it was noticed at.</summary>
    public static string ClaimOf(string message)
    {
        while (message.StartsWith(CallPrefix, StringComparison.Ordinal))
        {
            int colon = message.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0)
            {
                break;
            }

            message = message[(colon + 2)..];
        }

        return message;
    }
}
