using System.Collections.Generic;
using System.Collections.Immutable;
using Lure.Sim.Actors;

namespace Lure.Sim.Scripts;

/// <summary>The programs of servers' connections, as a script states them: its own, its server's, else an echo.</summary>
internal sealed class ScriptPrograms : IServerPrograms
{
    private static readonly ImmutableArray<Step> s_echo =
    [
        new(Verb.Accept),
        new(Verb.Echo),
        new(Verb.Finish),
        new(Verb.Close),
    ];

    private readonly Dictionary<ActorName, ImmutableArray<Step>> _programs = [];

    public void Begin(ImmutableArray<ServerPart> parts)
    {
        _programs.Clear();
        foreach (ServerPart part in parts)
        {
            _programs[part.Connection] = part.Program;
        }
    }

    /// <inheritdoc/>
    public void Write(int server, int ordinal, bool unix, List<Step> program)
    {
        bool found =
            _programs.TryGetValue(new ActorName(server, ordinal), out ImmutableArray<Step> steps)
            || _programs.TryGetValue(new ActorName(server, -1), out steps);
        foreach (Step step in found ? steps : s_echo)
        {
            program.Add(step);
        }
    }
}
