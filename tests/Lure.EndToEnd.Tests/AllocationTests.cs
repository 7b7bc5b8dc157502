using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using Lure.EndToEnd.Tests.Peers;
using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>What the program allocates on the threads of its loops, by what it says when it ends.</summary>
public sealed partial class AllocationTests
{
    private const int Sessions = 64;
    private const long EventsOfThePublished = 1_000_000;
    private const long EventsOfTheBuilt = 100_000;

    // What a runtime that compiles while it runs makes for itself, once.
    private const long OwnOfTheRuntime = 16 * 1024;

    private static bool IsPublished => Environment.GetEnvironmentVariable("LURE_BINARY") is { Length: > 0 };

    private static long Events => IsPublished ? EventsOfThePublished : EventsOfTheBuilt;

    [Test]
    [Category("Smoke")]
    public void Events_allocate_nothing()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Traced(backend, CommandLine.Workers(1));
        List<(Peer Client, Peer Server)> pairs = [];
        for (var i = 0; i < Sessions; i++)
        {
            pairs.Add((relay.Connect(), backend.Accept()));
        }

        // No second message before the first is there: so each is an event of its own.
        for (long events = 0; events < Events; events += 2 * Sessions)
        {
            foreach (var (client, server) in pairs)
            {
                client.Send("ping"u8);
                server.Send("pong"u8);
            }

            foreach (var (client, server) in pairs)
            {
                server.ReadInt32();
                client.ReadInt32();
            }
        }

        pairs.ForEach(pair => pair.Client.Dispose());
        pairs.ForEach(pair => pair.Server.Dispose());
        var outcome = relay.Terminate();

        var (handled, bytes) = Told(outcome.Error);
        Assert.That(handled, Is.GreaterThanOrEqualTo(Events));
        Assert.That(bytes, IsPublished ? Is.Zero : Is.LessThan(OwnOfTheRuntime));
    }

    private static (long Events, long Bytes) Told(string error)
    {
        var line = Line().Match(error);
        Assert.That(line.Success, Is.True, () => $"it does not say what it allocated, it said:\n{error}");
        return (Number(line.Groups[1]), Number(line.Groups[2]));
    }

    private static long Number(Group group) => long.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("the loops handled ([0-9]+) events and allocated ([0-9]+) bytes")]
    private static partial Regex Line();
}
