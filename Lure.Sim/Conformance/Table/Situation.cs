using System.Collections.Generic;

namespace Lure.Sim.Conformance.Table;

/// <summary>What a descriptor x has come to before a call is made on it.</summary>
/// <param name="Name">For the record and for who reads of a failure.</param>
/// <param name="Script">
/// The steps that lead there. The names are the same in all: x, its peer y, a listener l, an epoll e, a pipe from w to
/// r; those that a situation does not make stand for no descriptor.
/// </param>
/// <param name="LeftOut">Words of what the fake leaves out for such a descriptor: urgent bytes of unix sockets, sets in sets.</param>
public sealed record Situation(string Name, string Script, params IReadOnlyList<string> LeftOut);
