namespace Lure.Sim.Scripts;

/// <summary>
/// A call by what it is instead of by its number: so that what is pinned to it stays with it when a
/// script gets shorter and all calls behind have other numbers.
/// </summary>
/// <param name="Worker">Whose call.</param>
/// <param name="Kind">Which; of a wait the call before it.</param>
/// <param name="Owner">Whose descriptor: see <c>Ledger.OwnerKey</c>.</param>
/// <param name="Count">How many of that kind there were before.</param>
/// <param name="Waits">Of a wait: how many have followed each other.</param>
internal readonly record struct Anchor(int Worker, SyscallKind Kind, int Owner, int Count, int Waits)
{
    /// <summary>The same call when a client is no longer there; null when it was that client's.</summary>
    public Anchor? Without(int client)
    {
        int owner = (Owner - 1) / 2;
        return Owner <= 0 || owner < client ? this
            : owner == client ? null
            : this with { Owner = Owner - 2 };
    }
}
