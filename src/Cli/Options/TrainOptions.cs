using System.CommandLine;
using System.Globalization;
using FastNets.Classification;
using FastNets.Cli.Errors;
using FastNets.Rocket;

namespace FastNets.Cli.Options;

/// <summary>The options of <c>train</c> that say how the model is made.</summary>
internal sealed class TrainOptions
{
    private const string Command = "train";
    private const int MostEpochs = 1_000_000;
    private const int MostSeriesPerBatch = 1 << 20;

    private static readonly (string Word, ClassifierKind Value)[] Models =
    [
        ("ridge", ClassifierKind.Ridge),
        ("softmax", ClassifierKind.Softmax),
        ("sigmoid", ClassifierKind.Sigmoid),
        ("head", ClassifierKind.Head),
        ("head-l2", ClassifierKind.HeadL2),
        ("head-l1", ClassifierKind.HeadL1),
        ("mlp", ClassifierKind.Mlp),
    ];

    private static readonly (string Word, OptimizerKind Value)[] Optimizers =
    [
        ("adam", OptimizerKind.Adam),
        ("adamw", OptimizerKind.AdamW),
        ("sgd", OptimizerKind.Sgd),
        ("momentum", OptimizerKind.Momentum),
        ("nesterov", OptimizerKind.Nesterov),
    ];

    private readonly Option<ClassifierKind?> _model = OptionFactory.Word(
        "--model",
        Models,
        "The model: MiniRocket and a linear classifier (ridge), MiniRocket and a network (softmax to head-l1), or a network on the series themselves (mlp)",
        "ridge");

    private readonly Option<int?> _epochs = OptionFactory.Integer(
        "--epochs", 1, MostEpochs, "How often a network goes through all training series; not with ridge", "what gives 500 steps, 20 to 100; mlp: 2000, 20 to 300");

    private readonly Option<int?> _batch = OptionFactory.Integer(
        "--batch", 1, MostSeriesPerBatch, "Series of a network's training step; not with ridge", "16, 32 from 256 series on, 64 from 2048 on");

    private readonly Option<float?> _learningRate = OptionFactory.Real(
        "--lr", rate => rate > 0 && float.IsFinite(rate), "a number above 0", "Step size of a network's training; not with ridge", "0.001");

    private readonly Option<OptimizerKind?> _optimizer = OptionFactory.Word(
        "--optimizer", Optimizers, "Rule of a network's training; not with ridge", "adam");

    private readonly Option<string?> _validation = OptionFactory.Path(
        "--validation", "FILE|FRACTION", "Series to measure on while training, or the share of TRAIN to hold out for that, such as 0.2");

    private readonly RocketOptions _rocket = new();

    private readonly Option<long?> _memory = MemoryOption.Create();

    /// <summary>The name by which a kind of model is known on the command line.</summary>
    /// <param name="kind">The kind.</param>
    public static string NameOf(ClassifierKind kind) => Models.First(m => m.Value == kind).Word;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_validation, _model, .. _rocket.OfRocket, _memory, _epochs, _batch, _learningRate, _optimizer, _rocket.Seed])
            command.Add(option);
    }

    /// <summary>What was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>The options, and the file of validation series where one was named.</returns>
    /// <exception cref="UsageException">An option does not go with the model.</exception>
    public (ClassifierOptions Options, string? ValidationFile) Read(ParseResult parsed)
    {
        ClassifierKind kind = parsed.GetValue(_model) ?? ClassifierKind.Ridge;
        if (kind == ClassifierKind.Ridge) Refuse(parsed, kind, "it is solved in one step", _epochs, _batch, _learningRate, _optimizer);
        if (kind == ClassifierKind.Mlp) Refuse(parsed, kind, "it reads the series themselves, without MiniRocket", [.. _rocket.OfRocket, _memory]);

        string? validation = parsed.GetValue(_validation);
        double? fraction = Fraction(validation);
        MiniRocketOptions rocket = _rocket.Read(parsed);
        var options = new ClassifierOptions
        {
            Kind = kind,
            Features = rocket.Features,
            MaxDilationsPerKernel = rocket.MaxDilationsPerKernel,
            Seed = rocket.Seed,
            Deterministic = rocket.Deterministic,
            AlwaysPads = rocket.AlwaysPads,
            ReferenceLength = rocket.ReferenceLength,
            MaxFeatureBytes = parsed.GetValue(_memory),
            Epochs = parsed.GetValue(_epochs),
            BatchSize = parsed.GetValue(_batch),
            LearningRate = parsed.GetValue(_learningRate),
            Optimizer = parsed.GetValue(_optimizer),
            ValidationFraction = fraction,
        };
        return (options, fraction is null ? validation : null);
    }

    private static void Refuse(ParseResult parsed, ClassifierKind kind, string why, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (OptionFactory.IsGiven(parsed, option))
                throw new UsageException($"{option.Name} has no effect on --model {NameOf(kind)}: {why}; leave it out, or choose another model.", Command);
        }
    }

    private static double? Fraction(string? validation)
    {
        if (!double.TryParse(validation, NumberStyles.Float, CultureInfo.InvariantCulture, out double fraction) || File.Exists(validation)) return null;
        return fraction is > 0 and < 1
            ? fraction
            : throw new UsageException($"--validation: '{validation}' is no share above 0 and below 1, and no file.", Command);
    }
}
