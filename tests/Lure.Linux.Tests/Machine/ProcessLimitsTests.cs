using System.Collections.Immutable;
using System.Linq;
using Lure.Linux.Machine;
using Lure.Linux.Relay;
using NUnit.Framework;

namespace Lure.Linux.Tests.Machine;

internal sealed class ProcessLimitsTests
{
    private const int PerSession = 33_024;
    private const long GiB = 1L << 30;

    private static readonly LimitRequest Request = new()
    {
        TcpListeners = 1,
        BytesPerSession = PerSession,
        Pipes = 0,
    };

    [Test]
    public void A_session_is_two_blocks_and_its_state() =>
        Assert.That(SessionMemory.BytesAtMost(16 * 1024), Is.EqualTo(PerSession));

    [Test]
    public void Every_CPU_gets_a_worker_that_stays_on_it() =>
        Assert.That(ProcessLimits.Derive(Machine(cpus: [2, 3, 7]), Request).Cpus, Is.EqualTo(new int?[] { 2, 3, 7 }));

    [TestCase(0.5, 1)]
    [TestCase(1.5, 2)]
    [TestCase(2.0, 2)]
    public void A_quota_is_rounded_up_and_leaves_workers_unpinned(double quota, int workers)
    {
        ProcessLimits limits = ProcessLimits.Derive(Machine(cpus: [0, 1, 2, 3], quota: quota), Request);
        Assert.That(limits.Cpus, Is.EqualTo(new int?[workers]));
    }

    [Test]
    public void A_quota_above_the_CPUs_changes_nothing() =>
        Assert.That(
            ProcessLimits.Derive(Machine(cpus: [0, 1], quota: 16), Request).Cpus,
            Is.EqualTo(new int?[] { 0, 1 })
        );

    [Test]
    public void More_workers_than_CPUs_go_round() =>
        Assert.That(
            ProcessLimits.Derive(Machine(cpus: [4, 5]), Request with { Workers = 3 }).Cpus,
            Is.EqualTo(new int?[] { 4, 5, 4 })
        );

    [Test]
    public void A_worker_number_fits_into_a_byte_on_the_largest_machine() =>
        Assert.That(
            ProcessLimits.Derive(Machine(cpus: [.. Enumerable.Range(0, 512)]), Request).Workers,
            Is.EqualTo(256)
        );

    [Test]
    public void Descriptors_bound_the_sessions_two_for_each()
    {
        // 32 of the process, and per worker epoll, eventfd and one listener.
        ProcessLimits limits = ProcessLimits.Derive(Machine(descriptors: 1024), Request with { Workers = 2 });
        Assert.That(limits.MaxConnections, Is.EqualTo((1024 - 32 - (2 * 4)) / 2));
        Assert.That(limits.SessionDescriptors, Is.EqualTo(limits.MaxConnections * 2));
    }

    /// <summary>32 of the process and 4 of the worker are reserved, so 988 are left for sessions and pipes.</summary>
    [TestCase(null, null, 61)]
    [TestCase(5, null, 5)]
    [TestCase(null, 450, 44)]
    [TestCase(null, 494, 0)]
    [TestCase(0, 494, 0)]
    public void Pipes_take_two_each_and_give_way_to_sessions_that_were_asked_for(int? asked, int? sessions, int pipes)
    {
        LimitRequest request = Request with { Workers = 1, Pipes = asked, MaxConnections = sessions };
        ProcessLimits limits = ProcessLimits.Derive(Machine(descriptors: 1024), request);

        Assert.That(limits.Pipes, Is.EqualTo(pipes));
        Assert.That(limits.MaxConnections, Is.EqualTo(sessions ?? ((988 / 2) - pipes)));
        Assert.That(limits.SessionDescriptors, Is.EqualTo(2 * limits.MaxConnections));
    }

    [Test]
    public void Where_descriptors_are_many_each_worker_has_64_pipes() =>
        Assert.That(
            ProcessLimits.Derive(Machine(descriptors: 100_000), Request with { Workers = 4, Pipes = null }).Pipes,
            Is.EqualTo(64)
        );

    [Test]
    public void Unix_listeners_take_one_descriptor_whatever_the_number_of_workers()
    {
        LimitRequest request = Request with { Workers = 2, TcpListeners = 0, UnixListeners = 4 };
        Assert.That(
            ProcessLimits.Derive(Machine(descriptors: 1024), request).MaxConnections,
            Is.EqualTo((1024 - 32 - 4 - (2 * 3)) / 2)
        );
    }

    [Test]
    public void Half_of_the_memory_bounds_the_sessions()
    {
        ProcessLimits limits = ProcessLimits.Derive(Machine(memory: GiB), Request);
        Assert.That(limits.MaxConnections, Is.EqualTo(GiB / 2 / PerSession));
        Assert.That(
            limits.SessionMemory,
            Is.EqualTo((long)limits.MaxConnections * PerSession).And.LessThanOrEqualTo(GiB / 2)
        );
    }

    [Test]
    public void Even_the_smallest_machine_serves_one() =>
        Assert.That(ProcessLimits.Derive(Machine(memory: 1), Request).MaxConnections, Is.EqualTo(1));

    [Test]
    public void The_largest_machine_stays_within_the_address_space()
    {
        MachineFacts huge = Machine([.. Enumerable.Range(0, 512)], null, 1L << 50, int.MaxValue);
        ProcessLimits limits = ProcessLimits.Derive(huge, Request);
        Assert.That((decimal)limits.SessionMemory * limits.Workers, Is.LessThan((decimal)(1L << 47)));
    }

    [Test]
    public void An_explicit_maxconn_that_fits_is_taken_up_to_the_whole_memory()
    {
        int asked = (int)(GiB / PerSession);
        LimitRequest request = Request with { MaxConnections = asked };
        Assert.That(ProcessLimits.Derive(Machine(memory: GiB), request).MaxConnections, Is.EqualTo(asked));
    }

    [TestCase(0, "maxconn: 0 is out of range; use 1 to 2097152")]
    [TestCase(2097153, "maxconn: 2097153 is out of range; use 1 to 2097152")]
    [TestCase(
        500,
        "maxconn: 500 sessions need 1036 descriptors, the process may have 1024; "
            + "raise LimitNOFILE of the service (ulimit -n) to 1036 or set maxconn to 494 or less"
    )]
    public void An_explicit_maxconn_that_does_not_fit_names_the_limit_and_the_cure(int asked, string message) =>
        Assert.That(
            Refusal(Machine(cpus: [0], descriptors: 1024), Request with { MaxConnections = asked }),
            Is.EqualTo(message)
        );

    [Test]
    public void An_explicit_maxconn_beyond_the_memory_names_the_limit_and_the_cure() =>
        Assert.That(
            Refusal(Machine(memory: 100 << 20), Request with { MaxConnections = 10_000 }),
            Is.EqualTo(
                "maxconn: 10000 sessions take up to 314 MiB, the process may have 100 MiB; "
                    + "raise MemoryMax of the service or set maxconn to 3175 or less"
            )
        );

    [TestCase(0)]
    [TestCase(257)]
    public void Workers_out_of_range_are_refused(int workers) =>
        Assert.That(
            Refusal(Machine(), Request with { Workers = workers }),
            Is.EqualTo($"workers: {workers} is out of range; use 1 to 256")
        );

    [Test]
    public void Too_few_descriptors_for_one_session_are_refused() =>
        Assert.That(
            Refusal(Machine(cpus: [0], descriptors: 36), Request),
            Does.StartWith("descriptors: the process may have 36, and needs 38 before").And.Contain("LimitNOFILE")
        );

    private static string Refusal(MachineFacts machine, LimitRequest request) =>
        Assert.Throws<StartException>(() => ProcessLimits.Derive(machine, request))!.Errors.Single().Message;

    private static MachineFacts Machine(
        ImmutableArray<int>? cpus = null,
        double? quota = null,
        long memory = 1L << 40,
        int descriptors = 1 << 20
    ) => new(cpus ?? [0, 1], quota, memory, descriptors, NumaTopology.Read("/nonexistent"));
}
