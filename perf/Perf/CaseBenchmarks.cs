using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using FastNets.Threading;

namespace FastNets.Perf;

/// <summary>The cases as BenchmarkDotNet benchmarks, one a name.</summary>
[MemoryDiagnoser]
public class CaseBenchmarks
{
    private static string _substring = "";
    private PreparedCase? _prepared;

    [ParamsSource(nameof(Names))]
    public string Case { get; set; } = "";

    public static IEnumerable<string> Names => PerfCases.Matching(_substring, Device.Cpu).Select(one => one.Name);

    [GlobalSetup]
    public void Prepare() => _prepared = PerfCases.All.Single(one => one.Name == Case).Prepare();

    [GlobalCleanup]
    public void Release() => (_prepared as IDisposable)?.Dispose();

    /// <summary>Runs the case once; a case of several operations a run is measured as a whole here.</summary>
    [Benchmark]
    public void Run() => _prepared!.Run();

    /// <summary>Runs the benchmarks whose cases' names contain a text, each in a process of its own; false if one did not run.</summary>
    internal static bool RunAll(string substring, int threads)
    {
        _substring = substring;
        Job job = Job.Default.WithEnvironmentVariable(WorkerPool.EnvironmentVariable, FormattableString.Invariant($"{threads}"));
        ManualConfig config = DefaultConfig.Instance.AddJob(job);
        Summary summary = BenchmarkRunner.Run<CaseBenchmarks>(config);
        return !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success);
    }
}
