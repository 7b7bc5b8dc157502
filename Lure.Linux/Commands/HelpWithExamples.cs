using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;

namespace Lure.Linux.Commands;

/// <summary>The library's help, then command lines to copy.</summary>
/// <param name="help">The library's.</param>
/// <param name="addresses">Shown for the root alone: the library lists the arguments of a command's parents too.</param>
/// <param name="examples">Whole command lines.</param>
internal sealed class HelpWithExamples(HelpAction help, Argument addresses, string[] examples)
    : SynchronousCommandLineAction
{
    // An error elsewhere on the line must not keep its author from reading the help.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        addresses.Hidden = parseResult.CommandResult.Command is not RootCommand;
        int result = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examples)
        {
            output.WriteLine("  " + example);
        }

        return result;
    }
}
