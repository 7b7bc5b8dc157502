namespace Lure.Linux.Configuration;

/// <summary>What is wrong with a value, wherever it was written.</summary>
/// <param name="Id">One of <see cref="ErrorId"/>.</param>
/// <param name="Message">The cause, in one line.</param>
/// <param name="Hint">The cure, or what was probably meant.</param>
internal readonly record struct Fault(string Id, string Message, string? Hint = null);

/// <summary>Where a problem is: a stretch of the file, or an argument of the command line.</summary>
/// <param name="Start">UTF-16 offset into the file, or <see cref="Nowhere"/>.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="Argument">As it is called in the usage line; null for a place in the file.</param>
internal readonly record struct Place(int Start, int Length, string? Argument = null)
{
    private const int Nowhere = -1;

    /// <summary>The file as a whole, where no line can be named.</summary>
    public static Place WholeFile { get; } = new(Nowhere, 0);

    /// <summary>The command line as a whole.</summary>
    public static Place CommandLine { get; } = new(Nowhere, 0, "");

    public bool HasPosition => Start != Nowhere;

    public static Place OfArgument(string name) => new(Nowhere, 0, name);
}

/// <summary>A fault and its place.</summary>
internal readonly record struct Problem(Place Place, Fault Fault);
