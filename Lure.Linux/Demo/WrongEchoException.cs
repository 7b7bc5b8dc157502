using System;

namespace Lure.Linux.Demo;

/// <summary>What came through the relay is not what was sent.</summary>
internal sealed class WrongEchoException(string message) : Exception(message);
