using System.Collections.Generic;
using System.Text;

namespace Lure.Sim.Conformance.Notes;

/// <summary>All that is claimed of sockets, each claim with its script; and the document that says so.</summary>
public static class KernelNotes
{
    private const string Introduction = """
        # What sockets do

        What a relay has to know of Linux, each claim with a script that shows it. The tests play every script
        on the fake kernel of Lure.Sim and on the kernel of the machine, and both have to answer what stands
        here. This page is written from the same table; a test says so when they differ.

        A script is a list of steps. A step is a word, one or two names of a letter each, and numbers or a mask
        of epoll: `send c 5` sends five bytes on `c`, `add e a IN|ET` registers `a` with the epoll `e`,
        `accept l a` accepts from `l` and names it `a`. [`StepKind`](../Lure.Sim/Conformance/StepKind.cs) lists
        the words. Answers are counts, masks, errors by name; `new` is a descriptor with a new number, `as x`
        one with the number that `x` had. `wait` answers with the events in their order. `fill` and `drain`
        send and read until the kernel refuses, and answer with the reason alone. TCP sockets have TCP_NODELAY,
        their congestion control is Reno (BBR paces what it sends, so a drained socket would be empty before
        all had come), and nothing blocks, but a close with SO_LINGER of seconds.

        `lure conform --script "tcp x; poll x"` plays a script on both kernels. Sources: K is a function of the
        kernel, M a man page; without a source it was only ever measured.

        Scripts begin with one of these, whose own answers are left out:

        """;

    /// <summary>In the order of the document.</summary>
    public static IReadOnlyList<NotedTopic> Topics { get; } =
    [
        MaskNotes.Topic,
        ReadNotes.Topic,
        WriteNotes.Topic,
        EndNotes.Topic,
        ConnectNotes.Topic,
        EpollNotes.Topic,
        PipeNotes.Topic,
        UnixNotes.Topic,
        DescriptorNotes.Topic,
    ];

    /// <summary>docs/kernel-notes.md.</summary>
    public static string Markdown()
    {
        StringBuilder text = new();
        text.Append(Introduction).Append('\n');
        foreach (ScriptSetup setup in ScriptSetup.All)
        {
            text.Append("- **").Append(setup.Name).Append("**: ").Append(setup.Meaning).Append(": `");
            text.Append(setup.Script).Append("`\n");
        }

        foreach (NotedTopic topic in Topics)
        {
            text.Append("\n## ").Append(topic.Title).Append('\n');
            foreach (NamedScript script in topic.Scripts)
            {
                Append(text, script);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, NamedScript script)
    {
        text.Append("\n**").Append(script.Name).Append("**: ").Append(script.Claim);
        text.Append(script.Source.Length == 0 ? "" : $" ({script.Source})").Append("\n\n```\n");
        text.Append(script.Setup.Name.Length == 0 ? "" : script.Setup.Name + ": ").Append(script.Script);
        text.Append("\n= ").Append(script.Expected).Append("\n```\n");
    }
}
