using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using Lure.Linux.Configuration;
using Lure.Sim.Entropy;

namespace Lure.Linux.Commands;

/// <summary>Reads the values of flags; what is wrong with one is a problem, and its value null.</summary>
internal readonly struct FlagReader(ParseResult parsed, ProblemList problems)
{
    public int? Integer(Option<string> flag, int least, int most)
    {
        if (Given(flag) is not { } text)
        {
            return null;
        }

        // A number too long for an int is out of range like one that is merely large.
        bool isNumber = text.Length != 0 && text.All(char.IsAsciiDigit);
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value >= least
            && value <= most
        )
        {
            return value;
        }

        string id = isNumber ? ErrorId.OutOfRange : ErrorId.WrongType;
        string cause = isNumber ? "is out of range" : "is not a whole number";
        problems.Add(Place.OfArgument(flag.Name), id, $"\"{text}\" {cause}", $"{least} to {most}");
        return null;
    }

    public long? Time(Option<string> flag, long least, long most = Limits.TimeMost)
    {
        if (Given(flag) is not { } text)
        {
            return null;
        }

        if (Duration.TryParse(text, least, most, out long nanoseconds, out Fault fault))
        {
            return nanoseconds;
        }

        problems.Add(Place.OfArgument(flag.Name), fault);
        return null;
    }

    public T? Choice<T>(Option<string> flag, Choices<T> choices)
        where T : struct
    {
        if (Given(flag) is not { } text)
        {
            return null;
        }

        if (choices.TryFind(text, out T value, out Fault fault))
        {
            return value;
        }

        problems.Add(Place.OfArgument(flag.Name), fault);
        return null;
    }

    public ulong? Seed(Option<string> flag)
    {
        if (Given(flag) is not { } text)
        {
            return null;
        }

        if (SeedText.TryParse(text, out ulong seed))
        {
            return seed;
        }

        problems.Add(Place.OfArgument(flag.Name), ErrorId.WrongType, $"\"{text}\" is not a seed", SeedText.Expected);
        return null;
    }

    /// <summary>The one value of a flag; whether there is one is checked before.</summary>
    public string? Given(Option<string> flag) =>
        parsed.GetResult(flag) is { Tokens: [Token value] } ? value.Value : null;
}
