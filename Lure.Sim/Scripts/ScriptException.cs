using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Lure.Sim.Scripts;

/// <summary>One mistake in a script.</summary>
/// <param name="Line">From 1 on.</param>
/// <param name="Column">From 1 on.</param>
/// <param name="Message">What was found and what was expected.</param>
public readonly record struct ScriptError(int Line, int Column, string Message);

/// <summary>A script cannot be read.</summary>
public sealed class ScriptException : Exception
{
    internal ScriptException(string fileName, string[] lines, ImmutableArray<ScriptError> errors)
        : base(Describe(fileName, lines, errors)) => Errors = errors;

    /// <summary>In the order of their lines.</summary>
    public ImmutableArray<ScriptError> Errors { get; }

    private static string Describe(string fileName, string[] lines, ImmutableArray<ScriptError> errors)
    {
        StringBuilder text = new();
        foreach (ScriptError error in errors)
        {
            text.Append(text.Length > 0 ? "\n" : "");
            text.Append(CultureInfo.InvariantCulture, $"{fileName}:{error.Line}:{error.Column}: {error.Message}");
            if (error.Line <= lines.Length)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n  {lines[error.Line - 1]}\n  ");
                text.Append(' ', error.Column - 1).Append('^');
            }
        }

        return text.ToString();
    }
}
