namespace Lure.Sim.Conformance.Notes;

/// <summary>One thing that sockets do, and the script that shows it.</summary>
/// <param name="Name">What the test is called.</param>
/// <param name="Claim">The thing, in a sentence.</param>
/// <param name="Source">Where to look it up: functions of the kernel (K:) and man pages (M:), where there is one.</param>
/// <param name="Setup">What stands before the script; its answers are compared and not told.</param>
/// <param name="Script">The steps.</param>
/// <param name="Expected">What both kernels answer to them.</param>
public sealed record NamedScript(
    string Name,
    string Claim,
    string Source,
    ScriptSetup Setup,
    string Script,
    string Expected
)
{
    /// <summary>The whole script.</summary>
    public string Text => Setup.Script.Length == 0 ? Script : Setup.Script + "; " + Script;
}
