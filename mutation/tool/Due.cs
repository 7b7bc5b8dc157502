using System;
using System.Collections.Generic;
using System.Linq;

namespace Lure.Mutation;

/// <summary>What there is to try under a roof since its parts were measured: members that have changed, or a sample.</summary>
internal sealed class Due
{
    private readonly IReadOnlyList<Member> _members;
    private readonly bool _isSample;
    private readonly string _why;

    private Due(Roof roof, IReadOnlyList<Member> members, bool isSample, string why)
    {
        Roof = roof;
        _members = members;
        _isSample = isSample;
        _why = why;
    }

    public Roof Roof { get; }

    /// <summary>Percent of its mutants that have to be noticed.</summary>
    public double AtLeast(string root) => _isSample ? Roof.SampleAtLeast : Roof.Threshold(root);

    public bool IsAny => _isSample || _members.Count > 0;

    public static Due Of(string root, Roof roof)
    {
        Standing standing = Standing.Read(root);
        IReadOnlyList<string> commits = standing.CommitsOf(roof);
        if (commits.Count == 0)
        {
            return new(roof, [], isSample: false, "it has no standing score: nothing can have fallen below it");
        }

        if (commits.FirstOrDefault(commit => !Git.Has(root, commit)) is { } missing)
        {
            return new(roof, [], isSample: true, $"commit {missing} is not in this clone");
        }

        // A part is new when its folder is, or when its files are others: what stands in it was measured in another part,
        // if at all, so at the earliest with the oldest of the others.
        string? oldest = null;
        IReadOnlyList<Member> members = Changes.Of(
            root,
            roof,
            part => standing.CommitOf(roof, part) ?? (oldest ??= Git.Base(root, commits))
        );
        if (members.Count > 0)
        {
            return new(roof, members, isSample: false, "members that have changed");
        }

        bool areJudgesChanged = commits.Any(commit => Git.Changed(root, commit, roof.Judges).Length > 0);
        return areJudgesChanged
            ? new(roof, [], isSample: true, "only what judges it has changed")
            : new(roof, [], isSample: false, "nothing has changed");
    }

    /// <summary>As much of it as fits into a time.</summary>
    /// <param name="root">The checkout.</param>
    /// <param name="time">Of one run.</param>
    /// <param name="what">Says what it is, and how much of all.</param>
    /// <returns>Patterns for Stryker, none when there is nothing to try.</returns>
    public IReadOnlyList<string> Patterns(string root, TimeSpan time, out string what)
    {
        if (_isSample)
        {
            what = $"{_why}: a sample, {string.Join(", ", Roof.Sample)}";
            return [.. Roof.Sample.Select(file => $"**/{file}")];
        }

        IReadOnlyList<Member> some = Changes.Thin(_members, Budget.LinesIn(time));
        what = some.Count == 0 ? _why : $"{Changes.LinesOf(some)} of {Changes.LinesOf(_members)} lines in {_why}";
        return Changes.Patterns(some);
    }
}
