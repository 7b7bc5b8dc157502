using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Lure.Bench.Load;
using Lure.Bench.Relays;

namespace Lure.Bench.Commands;

/// <summary>With whom lure is compared.</summary>
internal static class RelayChoice
{
    private const string HAProxy = "haproxy";
    private const string Nginx = "nginx";
    private const string Bare = "bare";

    /// <summary>In front of the path of another program lure.</summary>
    private const string OtherLure = "lure=";

    /// <summary>What is meant when nothing is said.</summary>
    public static ImmutableArray<string> All => [HAProxy, Nginx, Bare];

    /// <returns>What is wrong with a word of the command line; null for nothing.</returns>
    public static string? Complain(string word)
    {
        if (All.Contains(word))
        {
            return null;
        }

        if (!word.StartsWith(OtherLure, StringComparison.Ordinal))
        {
            return $"{word} is not known: use {string.Join(", ", All)}, or {OtherLure}PATH for another build";
        }

        string path = word[OtherLure.Length..];
        return File.Exists(path) ? null : $"{path} does not exist";
    }

    /// <summary>lure and those that are asked for and installed.</summary>
    /// <param name="against">Words without a complaint.</param>
    /// <param name="with">Settings of lure that it is compared with itself in: arguments, with a space between them.</param>
    /// <param name="notes">Takes who is missing, and the package.</param>
    /// <exception cref="LoadException">There is no program lure, or the bare loop does not compile.</exception>
    public static ImmutableArray<RelayKind> Make(
        ImmutableArray<string> against,
        ImmutableArray<string> with,
        ICollection<string> notes
    )
    {
        string lure = LureBinary.Locate();
        return
        [
            .. Installed(
                [
                    new LureRelay(lure),
                    .. with.Select(settings => new LureRelay(
                        lure,
                        $"lure {settings}",
                        RelayRole.Other,
                        [.. settings.Split(' ')]
                    )),
                    .. against.SelectMany(word => Named(word)),
                ],
                notes
            ),
        ];
    }

    /// <summary>Those that can be run; who is missing is noted with its package.</summary>
    public static IEnumerable<RelayKind> Installed(IEnumerable<RelayKind> relays, ICollection<string> notes)
    {
        foreach (RelayKind relay in relays)
        {
            if (relay.Executable is not null)
            {
                yield return relay;
            }
            else
            {
                notes.Add($"{relay.Name} is left out, it is not installed: apt-get install {relay.Package}");
            }
        }
    }

    private static ImmutableArray<RelayKind> Named(string word) =>
        word switch
        {
            HAProxy =>
            [
                new HAProxyRelay("HAProxy", RelayRole.Reference),
                new HAProxyRelay("HAProxy again", RelayRole.Null),
                new HAProxyRelay("HAProxy, splice", RelayRole.Alternative),
            ],
            Nginx => [new NginxRelay()],
            Bare => [new BareRelay(BareProgram.Compile())],
            _ => [new LureRelay(Path.GetFullPath(word[OtherLure.Length..]), word, RelayRole.Other)],
        };
}
