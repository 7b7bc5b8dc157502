using System;

namespace Lure.Bench.Load;

/// <summary>A load that did not come through: what it measured is worth nothing.</summary>
internal class LoadException(string message) : Exception(message);

/// <summary>A relay gave back something else than was sent through it.</summary>
internal sealed class WrongByteException(string message) : LoadException(message);
