using System.Globalization;
using FastNets.Threading;

namespace FastNets.Perf;

/// <summary>What the command line asks for.</summary>
internal sealed record PerfOptions
{
    public const string Usage = """
        usage: FastNets.Perf [--quick] [--cases=SUBSTRING] [--threads=N] [--device=cuda] [--rounds=N] [--json=FILE]
               FastNets.Perf --benchmarkdotnet [--cases=SUBSTRING] [--threads=N]
               FastNets.Perf --list [--cases=SUBSTRING]
               FastNets.Perf --stream=GB [--out=FILE.npy] [--threads=N]
               FastNets.Perf --archive [--cases=SUBSTRING] [--threads=N]

          --quick             the default: interleaved rounds over all cases, a JSON line each
          --benchmarkdotnet   the same cases as BenchmarkDotNet benchmarks
          --list              prints the names of the cases
          --stream=GB         transforms random walks that make so many gigabytes of features, in bounded memory; one JSON line
          --out=FILE.npy      where these features go; they are checked and dropped without it
          --archive           trains and tests MiniRocket with ridge on random walks in the shapes of 109 sets of the UCR archive; a JSON line each and one for all
          --cases=SUBSTRING   only the cases, or sets, whose names contain this
          --threads=N         how many threads the kernels use; 1 without it
          --device=DEVICE     where networks and transforms run: cpu, or a GPU as cuda, cuda:1, cuda:0,tf32; cpu without it
          --rounds=N          how many times each case is timed; 9 without it
          --json=FILE         writes the figures, every round's time and the machine's facts there too
        """;

    public PerfMode Mode { get; init; } = PerfMode.Quick;

    public string Cases { get; init; } = "";

    public int Threads { get; init; } = 1;

    public Device Device { get; init; } = Device.Cpu;

    public int Rounds { get; init; } = 9;

    public string? JsonFile { get; init; }

    public double StreamGigabytes { get; init; }

    public string? OutFile { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">An argument is not known, lacks its value or has one that does not fit.</exception>
    public static PerfOptions Parse(IEnumerable<string> arguments)
    {
        var options = new PerfOptions();
        var given = new List<string>();
        foreach (string argument in arguments)
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument : argument[..equals];
            string? value = equals < 0 ? null : argument[(equals + 1)..];
            given.Add(name);
            options = name switch
            {
                "--quick" => options.With(PerfMode.Quick, name, value),
                "--benchmarkdotnet" => options.With(PerfMode.BenchmarkDotNet, name, value),
                "--list" => options.With(PerfMode.List, name, value),
                "--help" or "-h" => options.With(PerfMode.Help, name, value),
                "--cases" => options with { Cases = Text(name, value) },
                "--threads" => options with { Threads = Number(name, value, WorkerPool.MaxThreads) },
                "--device" => options with { Device = Device.Parse(Text(name, value)) },
                "--rounds" => options with { Rounds = Number(name, value, 1000) },
                "--json" => options with { JsonFile = Text(name, value) },
                "--stream" => options with { Mode = PerfMode.Stream, StreamGigabytes = Gigabytes(name, value) },
                "--archive" => options.With(PerfMode.Archive, name, value),
                "--out" => options with { OutFile = Text(name, value) },
                _ => throw new ArgumentException($"{argument} is not known; see --help."),
            };
        }

        if (options.Mode is not PerfMode.Quick && given.Find(name => name is "--json" or "--rounds") is { } unused)
            throw new ArgumentException($"{unused} is an option of --quick.");
        if (options.Mode is PerfMode.BenchmarkDotNet && given.Contains("--device")) throw new ArgumentException("--device is not an option of --benchmarkdotnet.");
        if (options.Mode is not PerfMode.Stream && options.OutFile is not null) throw new ArgumentException("--out is an option of --stream.");
        return options;
    }

    private PerfOptions With(PerfMode mode, string name, string? value)
        => value is null ? this with { Mode = mode } : throw new ArgumentException($"{name} takes no value, but got '{value}'.");

    private static string Text(string name, string? value)
        => string.IsNullOrEmpty(value) ? throw new ArgumentException($"{name} needs a value: {name}=...") : value;

    private static int Number(string name, string? value, int largest)
        => int.TryParse(Text(name, value), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= largest
            ? number
            : throw new ArgumentException($"{name} takes a number from 1 to {largest}, but got '{value}'.");

    private static double Gigabytes(string name, string? value)
        => double.TryParse(Text(name, value), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is > 0 and <= 1e6
            ? number
            : throw new ArgumentException($"{name} takes a number of gigabytes above 0, but got '{value}'.");
}

/// <summary>What the program does.</summary>
internal enum PerfMode
{
    Quick,
    BenchmarkDotNet,
    List,
    Stream,
    Archive,
    Help,
}
