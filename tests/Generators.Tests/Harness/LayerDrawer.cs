using FastNets.Generators.Helpers;
using FastNets.Generators.Model;

namespace FastNets.Generators.Tests.Harness;

/// <summary>Draws the settings of one layer.</summary>
internal sealed class LayerDrawer(Dice dice, Dictionary<string, int> sizes)
{
    private const string Modifiers = "public partial";

    /// <summary>A size, a constant or a name.</summary>
    public Size Size(int least, int most, string? name = null)
    {
        int value = least + dice.Below(most - least + 1);
        if (!dice.OnceIn(3)) return Model.Size.Of(value);
        name ??= "size" + Literals.Of(value);
        sizes[name] = value;
        return Model.Size.Named(name);
    }

    public LayerSpec Draw(LayerKind kind, string name, bool hasLengths)
    {
        switch (kind)
        {
            case LayerKind.Dense:
                return Dense(name, Function(softmax: true));
            case LayerKind.BatchNorm or LayerKind.LayerNorm:
                bool pyTorch = dice.OnceIn(2);
                bool batch = kind == LayerKind.BatchNorm;
                var norm = new LayerSettings { Activation = Function(softmax: !batch), Epsilon = pyTorch ? 1e-5f : 1e-3f };
                return Of(name, kind, batch ? norm with { Momentum = pyTorch ? 0.9f : 0.99f, UnbiasedVariance = pyTorch } : norm);
            case LayerKind.Dropout:
                return Of(name, kind, new LayerSettings { Rate = dice.Of(0f, 0.1f, 0.25f, 0.5f) });
            case LayerKind.Activation or LayerKind.Add:
                return Of(name, kind, new LayerSettings { Activation = Function(softmax: true) });
            case LayerKind.Rnn or LayerKind.Lstm or LayerKind.Gru:
                return Recurrent(kind, name, least: 1);
            case LayerKind.Conv1D:
                return Convolution(name, Function(softmax: true), least: 1);
            case LayerKind.MaxPool1D or LayerKind.AveragePool1D:
                int width = 1 + dice.Below(3);
                return Of(name, kind, Padded(new LayerSettings { KernelSize = width, Stride = dice.OnceIn(2) ? width : 1 + dice.Below(3) }, width - 1, causal: false));
            case LayerKind.Embedding:
                return Of(name, kind, new LayerSettings { Vocabulary = Size(2, 6), Units = Size(1, 4), KernelInitializer = "Uniform" });
            case LayerKind.Custom:
                CustomSpec custom = hasLengths ? dice.Of(CustomSources.Softsign, CustomSources.Square) : dice.Of(CustomSources.Softsign, CustomSources.Square, CustomSources.Mixer, CustomSources.Mixer);
                LayerSettings own = custom.IsPointwise
                    ? new LayerSettings()
                    : new LayerSettings { Inputs = dice.OnceIn(2) ? Size(1, 5) : null, Weights = dice.OnceIn(3) ? null : Size(1, 5) };
                return Of(name, kind, own) with { Custom = custom with { Adapter = $"_{name}Adapter" } };
            default:
                return Of(name, kind, new LayerSettings());
        }
    }

    public LayerSpec Dense(string name, ActivationKind function, int least = 1) => Of(name, LayerKind.Dense, Penalties(new LayerSettings
    {
        Units = Size(least, 4),
        UseBias = !dice.OnceIn(3),
        Activation = function,
    }));

    public LayerSpec Recurrent(LayerKind kind, string name, int least)
    {
        bool bidirectional = dice.OnceIn(4);
        return Of(name, kind, Penalties(new LayerSettings
        {
            Units = Size(least, 4),
            Activation = kind == LayerKind.Rnn && dice.OnceIn(2) ? ActivationKind.ReLU : ActivationKind.Tanh,
            UseBias = !dice.OnceIn(4),
            UseRecurrentBias = dice.OnceIn(2),
            ReturnSequences = !dice.OnceIn(3),
            Reverse = !bidirectional && dice.OnceIn(3),
            Bidirectional = bidirectional,
            Stateful = !bidirectional && dice.OnceIn(5),
            Truncate = dice.OnceIn(3) ? 1 + dice.Below(3) : 0,
            BiasInitializer = kind == LayerKind.Lstm ? "ForgetGateOnes" : "Zeros",
        }));
    }

    public LayerSpec Convolution(string name, ActivationKind function, int least)
    {
        int width = 1 + dice.Below(3);
        int dilation = dice.OnceIn(3) ? 2 : 1;
        return Of(name, LayerKind.Conv1D, Padded(
            Penalties(new LayerSettings
            {
                Units = Size(least, 4),
                KernelSize = width,
                Stride = dice.OnceIn(3) ? 2 : 1,
                Dilation = dilation,
                Activation = function,
                UseBias = !dice.OnceIn(3),
            }),
            3,
            causal: true));
    }

    public LayerSpec Decoder(string name, bool mayForce, int leastOutputs) => Of(name, LayerKind.SequenceDecoder, Penalties(new LayerSettings
    {
        Inputs = leastOutputs > 1 || dice.OnceIn(2) ? Size(leastOutputs, 4) : null,
        Steps = dice.OnceIn(2) ? Size(1, 5) : null,
        UseBias = !dice.OnceIn(3),
        UseRecurrentBias = dice.OnceIn(2),
        Reverse = dice.OnceIn(2),
        TeacherForcing = mayForce ? dice.Of(0f, 0.5f, 1f) : 0,
        BiasInitializer = "ForgetGateOnes",
    }));

    private LayerSettings Padded(LayerSettings settings, int most, bool causal) => dice.Below(4) switch
    {
        0 => settings with { PaddingLeft = dice.Below(most + 1), PaddingRight = dice.Below(most + 1) },
        1 => settings with { Padding = PaddingKind.Same },
        2 when causal => settings with { Padding = PaddingKind.Causal },
        _ => settings,
    };

    private LayerSettings Penalties(LayerSettings settings)
        => settings with { L1 = dice.Of(0f, 0f, 0.001f, 0.02f), L2 = dice.Of(0f, 0f, 0.001f, 0.02f) };

    private ActivationKind Function(bool softmax)
    {
        // Linear as often as all others: what fuses and folds depends on it.
        if (dice.OnceIn(2)) return ActivationKind.Linear;
        return (ActivationKind)dice.Below(softmax ? (int)ActivationKind.Softmax + 1 : (int)ActivationKind.Softmax);
    }

    private static LayerSpec Of(string name, LayerKind kind, LayerSettings settings) => new(name, Modifiers, kind, settings);
}
