using System;

namespace Lure.Sim.Conformance;

/// <summary>A conformance script that cannot be read.</summary>
public sealed class ScriptException(string message) : Exception(message);
