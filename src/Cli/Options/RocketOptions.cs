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

    /// <summary><c>--deterministic</c>.</summary>
    public Option<bool> Deterministic { get; } = OptionFactory.Switch(
        "--deterministic", "Take MiniRocket's biases from all training series instead of some that are drawn; fitting takes as many times longer as there are series");

    /// <summary><c>--any-length</c>.</summary>
    public Option<bool> AnyLength { get; } = new("--any-length")
    {
        Description = OptionFactory.WithDefault("Pad all kernels of MiniRocket, so that series of any length are taken", "where the training series differ in length"),
        Arity = ArgumentArity.Zero,
    };

    /// <summary><c>--reference-length</c>.</summary>
    public Option<int?> ReferenceLength { get; } = OptionFactory.Integer(
        "--reference-length",
        MiniRocketParameters.MinInputLength,
        int.MaxValue,
        "Length that MiniRocket's dilations are chosen for, with --any-length or training series that differ in length",
        "the longest training series'");

    /// <summary><c>--seed</c>.</summary>
    public Option<ulong?> Seed { get; } = OptionFactory.Seed("Seed of all random numbers; the same seed gives the same result");

    /// <summary>Those that only MiniRocket has a use for.</summary>
    public Option[] OfRocket => [Features, MaxDilations, Deterministic, AnyLength, ReferenceLength];

    /// <summary>What was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    public MiniRocketOptions Read(ParseResult parsed) => new()
    {
        Features = parsed.GetValue(Features) ?? Defaults.Features,
        MaxDilationsPerKernel = parsed.GetValue(MaxDilations) ?? Defaults.MaxDilationsPerKernel,
        Seed = parsed.GetValue(Seed) ?? Defaults.Seed,
        Deterministic = parsed.GetValue(Deterministic),
        AlwaysPads = parsed.GetValue(AnyLength) ? true : Defaults.AlwaysPads,
        ReferenceLength = parsed.GetValue(ReferenceLength),
    };

    /// <summary>Refuses these options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="why">Why they have no effect.</param>
    /// <exception cref="UsageException">One was given.</exception>
    public void RequireAbsent(ParseResult parsed, string command, string why)
    {
        foreach (Option option in (Option[])[.. OfRocket, Seed])
        {
            if (OptionFactory.IsGiven(parsed, option)) throw new UsageException($"{option.Name} has no effect here: {why}.", command);
        }
    }
}
