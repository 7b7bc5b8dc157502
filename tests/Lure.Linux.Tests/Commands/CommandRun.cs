using System;
using System.Collections.Generic;
using System.IO;
using Lure.Linux.Commands;
using Lure.Linux.Configuration;
using Lure.Linux.Simulation;
using Lure.Linux.Tests.Configuration;
using Lure.Sim.Entropy;

namespace Lure.Linux.Tests.Commands;

/// <summary>One command line, run in process.</summary>
internal sealed record CommandRun(
    int ExitCode,
    string Output,
    string Error,
    Settings? Relayed,
    BindAddress[]? DemoBinds,
    CampaignRequest? Campaign,
    Tape? Replayed,
    bool Exhausted
)
{
    /// <summary>What the stand-in for the relay returns, to be told from the program's own codes.</summary>
    public const int RelayResult = 17;
    public const int DemoResult = 18;
    public const int SimResult = 19;
    public const int SelfTestResult = 20;

    /// <param name="words">The arguments; split at spaces if there is only one.</param>
    public static CommandRun Of(params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        List<Settings> relayed = [];
        BindAddress[]? demoBinds = null;
        CampaignRequest? campaign = null;
        Tape? replayed = null;
        bool exhausted = false;
        var host = new CommandHost
        {
            Output = output,
            Error = error,
            Names = new NameLookup(CheckedFile.Resolve),
            Relay = settings =>
            {
                relayed.Add(settings);
                return RelayResult;
            },
            Demo = binds =>
            {
                demoBinds = [.. binds];
                return DemoResult;
            },
            Campaign = request =>
            {
                campaign = request;
                return SimResult;
            },
            Replay = tape =>
            {
                replayed = tape;
                return SimResult;
            },
            SelfTest = () => SelfTestResult,
            AskForRing = () => Core.Kernel.Errno.NotPermitted,
            Exhaust = () =>
            {
                exhausted = true;
                return SimResult;
            },
        };
        string[] arguments = words.Length == 1 ? words[0].Split(' ', StringSplitOptions.RemoveEmptyEntries) : words;
        int exitCode = new CommandLine(host).Run(arguments);
        return new CommandRun(
            exitCode,
            output.ToString(),
            error.ToString(),
            relayed.Count == 0 ? null : relayed[0],
            demoBinds,
            campaign,
            replayed,
            exhausted
        );
    }
}
