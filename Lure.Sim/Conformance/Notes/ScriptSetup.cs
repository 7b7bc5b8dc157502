using System.Collections.Generic;

namespace Lure.Sim.Conformance.Notes;

/// <summary>A beginning that many scripts share.</summary>
/// <param name="Name">As the document calls it.</param>
/// <param name="Script">The steps.</param>
/// <param name="Meaning">What it leads to.</param>
public sealed record ScriptSetup(string Name, string Script, string Meaning)
{
    private const string Connection = "tcp l; bind l; listen l 9; tcp c; connect c l; accept l a";

    public static ScriptSetup None { get; } = new("", "", "");

    public static ScriptSetup Tcp { get; } = new("tcp", Connection, "a listener l, a client c, and its accepted end a");

    public static ScriptSetup Small { get; } =
        new(
            "small",
            "tcp l; rcvbuf l 16384; bind l; listen l 9; tcp c; rcvbuf c 16384; connect c l; accept l a",
            "the same with small windows, so that filling a socket takes a moment"
        );

    public static ScriptSetup Full { get; } =
        new(
            "full",
            "tcp l; bind l; listen l 0; tcp c; connect c l; tcp d; connect d l",
            "a listener whose backlog is full with c, so that d stays in SYN_SENT"
        );

    public static ScriptSetup Three { get; } =
        new(
            "three",
            "epoll e; tcp l; bind l; listen l 9; tcp c; connect c l; accept l a; tcp d; connect d l; accept l b; tcp f; connect f l; accept l g; add e a IN; add e b IN; add e g IN; send c 1; send d 1; send f 1",
            "three accepted ends a, b and g, watched by e, each with a byte to read"
        );

    public static ScriptSetup Pipe { get; } = new("pipe", Connection + "; pipe r w", "tcp, and a pipe from w to r");

    public static ScriptSetup Unix { get; } =
        new("unix", "unix l; bind l; listen l 9; unix c; connect c l; accept l a", "as tcp, of unix sockets");

    public static IReadOnlyList<ScriptSetup> All { get; } = [Tcp, Small, Full, Three, Pipe, Unix];
}
