namespace Lure.Bench.Rows;

/// <summary>What an echo row can be judged by.</summary>
internal enum EchoFigure
{
    Cpu,
    Throughput,
    Latency,
}
