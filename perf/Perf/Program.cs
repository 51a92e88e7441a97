using FastNets;
using FastNets.Cuda;
using FastNets.Perf;
using FastNets.Perf.Archive;
using FastNets.Threading;

try
{
    return Run(PerfOptions.Parse(args));
}
catch (Exception e) when (e is ArgumentException or FormatException or IOException or UnauthorizedAccessException or CudaException or CudaUnavailableException)
{
    Console.Error.WriteLine($"FastNets.Perf: {e.Message}");
    return 2;
}

static int Run(PerfOptions options)
{
    if (options.Mode is PerfMode.Help)
    {
        Console.WriteLine(PerfOptions.Usage);
        return 0;
    }

    WorkerPool.Threads = options.Threads;
    Device.Default = options.Device.Resolve();
    if (options.Mode is PerfMode.Archive)
    {
        ArchiveSet[] sets = [.. ArchiveSet.All().Where(set => set.Name.Contains(options.Cases, StringComparison.OrdinalIgnoreCase))];
        if (sets.Length == 0) throw new ArgumentException($"no set's name contains '{options.Cases}'.");
        ArchiveRun.Run(sets, Console.WriteLine);
        return 0;
    }

    PerfCase[] cases = PerfCases.Matching(options.Cases, Device.Default);
    if (cases.Length == 0) throw new ArgumentException($"no case's name contains '{options.Cases}'; --list shows the names.");

    switch (options.Mode)
    {
        case PerfMode.List:
            foreach (PerfCase one in cases) Console.WriteLine(one.Name);
            return 0;

        case PerfMode.Stream:
            Console.WriteLine(StreamRun.Run(options.StreamGigabytes, options.OutFile, Console.Error));
            return 0;

        case PerfMode.BenchmarkDotNet:
            return CaseBenchmarks.RunAll(options.Cases, options.Threads) ? 0 : 1;

        default:
            IReadOnlyList<PerfResult> results = new QuickRunner(cases, options.Rounds, Console.Error).Run();
            foreach (PerfResult result in results) Console.WriteLine(JsonReport.Line(result));
            if (options.JsonFile is not null) JsonReport.WriteFile(options.JsonFile, results);
            return 0;
    }
}
