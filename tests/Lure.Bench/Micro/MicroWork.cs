using System;
using Lure.Core.Memory;
using Lure.Linux.Machine;

namespace Lure.Bench.Micro;

/// <summary>An operation that can be done any number of times.</summary>
internal abstract class MicroWork : IDisposable
{
    private const nuint MemoryBytes = 1 << 20;

    private readonly NativeMapping _memory = NativeMapping.Create(MemoryBytes, null);

    protected MicroWork() => Memory = _memory.AsArena();

    /// <summary>For what lives in native memory.</summary>
    protected Arena Memory;

    public abstract void Run(int operations);

    /// <inheritdoc/>
    public virtual void Dispose() => _memory.Dispose();
}
