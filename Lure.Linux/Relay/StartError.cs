using System;
using System.Collections.Immutable;
using System.Linq;

namespace Lure.Linux.Relay;

/// <summary>Why the relay cannot be started, in words for the person who starts it.</summary>
/// <param name="Cause">What is wrong: a clause without a full stop.</param>
/// <param name="Cure">What to do about it, likewise.</param>
internal abstract record StartError(string Cause, string Cure)
{
    /// <summary>One line.</summary>
    public abstract string Message { get; }
}

/// <summary>Refuses to start, with every reason found: whoever cures one shall not meet the next only then.</summary>
internal sealed class StartException : Exception
{
    public StartException(params ImmutableArray<StartError> errors)
        : base(string.Join(Environment.NewLine, errors.Select(error => error.Message))) => Errors = errors;

    public ImmutableArray<StartError> Errors { get; }
}
