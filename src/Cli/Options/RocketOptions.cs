using System.CommandLine;
using FastNets.Cli.Errors;
using FastNets.Rocket;

namespace FastNets.Cli.Options;

/// <summary>The options of fitting MiniRocket.</summary>
internal sealed class RocketOptions
{
    private const int MostFeatures = 10_000_000;
    private const int MostDilations = 1 << 20;

    private static readonly MiniRocketOptions Defaults = new();

    /// <summary><c>--features</c>.</summary>
    public Option<int?> Features { get; } = OptionFactory.Integer(
        "--features",
        MiniRocketParameters.KernelCount,
        MostFeatures,
        $"Features of MiniRocket, rounded down to a multiple of {MiniRocketParameters.KernelCount}",
        $"{Defaults.Features}");

    /// <summary><c>--max-dilations</c>.</summary>
    public Option<int?> MaxDilations { get; } = OptionFactory.Integer(
        "--max-dilations",
        1,
        MostDilations,
        "Most dilations that a kernel of MiniRocket is used with",
        $"{Defaults.MaxDilationsPerKernel}");

    /// <summary><c>--seed</c>.</summary>
    public Option<ulong?> Seed { get; } = OptionFactory.Seed("Seed of all random numbers; the same seed gives the same result");

    /// <summary>What was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    public MiniRocketOptions Read(ParseResult parsed) => new()
    {
        Features = parsed.GetValue(Features) ?? Defaults.Features,
        MaxDilationsPerKernel = parsed.GetValue(MaxDilations) ?? Defaults.MaxDilationsPerKernel,
        Seed = parsed.GetValue(Seed) ?? Defaults.Seed,
    };

    /// <summary>Refuses these options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="why">Why they have no effect.</param>
    /// <exception cref="UsageException">One was given.</exception>
    public void RequireAbsent(ParseResult parsed, string command, string why)
    {
        foreach (Option option in new Option[] { Features, MaxDilations, Seed })
        {
            if (parsed.GetResult(option) is not null) throw new UsageException($"{option.Name} has no effect here: {why}.", command);
        }
    }
}
