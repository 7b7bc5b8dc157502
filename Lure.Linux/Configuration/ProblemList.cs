using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lure.Linux.Configuration;

/// <summary>All that is wrong with one file, one command line, or both.</summary>
internal sealed class ProblemList
{
    private readonly List<Problem> _problems = [];

    /// <summary>The file that places refer to; null until one was read.</summary>
    public SourceText? Source { get; set; }

    /// <summary>How the file is called where no line of it can be shown.</summary>
    public string? Path { get; set; }

    /// <summary>
    /// Parts of the file could not be understood: what seems to be missing may stand there, so
    /// nothing is called missing or unused.
    /// </summary>
    public bool PartsAreUnknown { get; set; }

    public int Count => _problems.Count;

    public IReadOnlyList<Problem> Problems => _problems;

    public void Add(Place place, Fault fault) => _problems.Add(new Problem(place, fault));

    public void Add(Place place, string id, string message, string? hint = null) =>
        Add(place, new Fault(id, message, hint));

    /// <summary>Reports that something is absent, unless it may stand in a part that was not understood.</summary>
    public void AddAbsence(Place place, string id, string message, string? hint = null)
    {
        if (!PartsAreUnknown)
        {
            Add(place, id, message, hint);
        }
    }

    /// <summary>Writes every problem, the command line's first, then in the order of the file.</summary>
    public void WriteTo(TextWriter writer)
    {
        foreach (Problem problem in _problems.Order(Comparer<Problem>.Create(Compare)))
        {
            Write(writer, problem);
        }

        if (_problems.Count > 1)
        {
            writer.WriteLine($"{_problems.Count} errors");
        }
    }

    private static int Compare(Problem a, Problem b)
    {
        int byOrigin = (a.Place.Argument is null).CompareTo(b.Place.Argument is null);
        return byOrigin != 0 ? byOrigin : a.Place.Start.CompareTo(b.Place.Start);
    }

    private void Write(TextWriter writer, Problem problem)
    {
        (Place place, Fault fault) = problem;
        string message = Excerpt.Printable(fault.Message);
        string? hint = fault.Hint is null ? null : Excerpt.Printable(fault.Hint);
        if (Source is not null && place.HasPosition)
        {
            (int line, int column) = Source.PositionOf(place.Start);
            writer.WriteLine($"{Excerpt.Printable(Source.Path)}:{line}:{column}: error {fault.Id}: {message}");
            Excerpt.Write(writer, Source, place, hint);
            return;
        }

        string origin = place.Argument is null && Path is not null ? Excerpt.Printable(Path) : "lure";
        string argument = string.IsNullOrEmpty(place.Argument) ? "" : place.Argument + ": ";
        writer.WriteLine($"{origin}: error {fault.Id}: {argument}{message}{(hint is null ? "" : "; " + hint)}");
    }
}
