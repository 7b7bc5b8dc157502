using System.CommandLine;
using System.CommandLine.Help;
using Lure.Linux.Configuration;

namespace Lure.Linux.Commands;

/// <summary>The commands, their arguments and their help.</summary>
internal sealed class CommandTree
{
    private static readonly string[] s_rootExamples =
    [
        "lure :5432 10.0.0.1:5432",
        "lure :5432 10.0.0.1:5432 10.0.0.2:5432 --balance leastconn",
        "lure unix:/run/pg.sock [::1]:5432 --idle 10m --log none",
        "lure run -c /etc/lure/lure.toml",
    ];

    private static readonly string[] s_simExamples =
    [
        "lure sim",
        "lure sim --seconds 3600 --from $(git rev-parse HEAD)",
        "lure sim --seeds 10000 --jobs 1",
        "lure sim --seed 42",
        "lure sim --exhaustive",
        "lure sim case.lure",
    ];

    public CommandTree()
    {
        Root = new RootCommand("Lure, a TCP relay: takes connections on LISTEN and relays each to one SERVER.")
        {
            Arguments = { Addresses },
            Subcommands = { Run, Check, Demo, Sim, Conform, SelfTest, Version },
        };

        // Without an action of its own the root would demand one of the commands.
        Root.SetAction(_ => ExitCode.Done);

        // The built-in version flag reads the assembly's attributes, the suggestions are for a shell hook that Lure does not install.
        Root.Options.Clear();
        Root.Directives.Clear();
        foreach (Option<string> flag in Flags.All)
        {
            Root.Options.Add(flag);
            Run.Options.Add(flag);
        }

        Root.Options.Add(VersionFlag);
        Run.Options.Insert(0, ConfigFlag);
        Check.Options.Add(ConfigFlag);
        AddHelp(Root, s_rootExamples);
        AddHelp(Run, ["lure run", "lure run -c lure.toml --log-format json"]);
        AddHelp(Check, ["lure check", "lure check -c lure.toml && systemctl restart lure"]);
        Demo.Options.Add(ListenFlag);
        AddHelp(Demo, ["lure demo", $"lure demo --listen {DemoCommand.OtherListen}"]);
        foreach (Option flag in SimFlags.All)
        {
            Sim.Options.Add(flag);
        }

        Sim.Arguments.Add(Scripts);
        AddHelp(Sim, s_simExamples);

        foreach (Option flag in ConformFlags.All)
        {
            Conform.Options.Add(flag);
        }

        AddHelp(Conform, ["lure conform", "lure conform --seconds 60", "lure conform --seed 7", "lure conform --twin"]);
        AddHelp(SelfTest, ["lure selftest"]);
        AddHelp(Version, ["lure version"]);
    }

    public SettingFlags Flags { get; } = new();

    public SimFlags SimFlags { get; } = new();

    public ConformFlags ConformFlags { get; } = new();

    public RootCommand Root { get; }

    /// <summary>LISTEN and the servers. One argument, for the library would take a mistyped flag for the second.</summary>
    public Argument<string[]> Addresses { get; } =
        new("LISTEN SERVER")
        {
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "LISTEN SERVER...",
            Description = "Addresses: :7000, 127.0.0.1:7000, [::1]:7000, localhost:7000, unix:/path, unix:@name",
        };

    /// <summary>For <see cref="Sim"/>.</summary>
    public Argument<string[]> Scripts { get; } =
        new("FILE")
        {
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "FILE.lure...",
            Description = "Scripts to play, instead of seeds (docs/simulation.md)",
        };

    public Option<bool> VersionFlag { get; } =
        new("--version") { Description = "Like lure version", Arity = ArgumentArity.Zero };

    public Option<string> ConfigFlag { get; } =
        new("--config", "-c")
        {
            HelpName = "FILE",
            Description = $"The configuration (default: {ConfigurationFile.DefaultPath})",
        };

    public Option<string> ListenFlag { get; } =
        new("--listen")
        {
            HelpName = "LISTEN",
            Description = $"Where its relay listens (default: {DemoCommand.DefaultListen})",
        };

    public Command Run { get; } = new("run", "Relay as a configuration file says; flags override it");

    public Command Check { get; } = new("check", "Say all that is wrong with a configuration file");

    public Command Demo { get; } = new("demo", "Show a relay at work on this host");

    public Command Sim { get; } = new("sim", "Try the relay on a kernel that is made up, from seeds");

    public Command Conform { get; } = new("conform", "Hold the simulator's kernel to the one of this host");

    public Command SelfTest { get; } = new("selftest", "Prove on this host that the loop and the log allocate nothing");

    public Command Version { get; } = new("version", "Print the version");

    private void AddHelp(Command command, string[] examples)
    {
        var help = new HelpOption("--help", "-h") { Description = "Show this help" };
        help.Action = new HelpWithExamples((HelpAction)help.Action!, Addresses, examples);
        command.Options.Add(help);
    }
}
