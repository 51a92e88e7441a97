using System.Globalization;

namespace FastNets.Training.Optimizers;

/// <summary>Parameters that an optimizer updates with factors of their own.</summary>
/// <remarks>
/// The parameters are asked for once, when a network first meets the optimizer. A learning rate factor of 0 freezes a parameter: it is not moved,
/// nor decayed, nor penalised, and its gradient counts in no norm. (Running statistics are no parameters: they move with every training step.)
/// </remarks>
public sealed class ParameterGroup
{
    private readonly Func<Parameter, bool> _contains;

    /// <summary>Makes a group.</summary>
    /// <param name="name">What it is called in descriptions.</param>
    /// <param name="contains">Whether a parameter belongs to it.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by; 0 or more, 0 freezes.</param>
    /// <param name="weightDecayFactor">What the weight decay is multiplied by; 0 or more.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not a finite number, 0 or more.</exception>
    public ParameterGroup(string name, Func<Parameter, bool> contains, float learningRateFactor = 1, float weightDecayFactor = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(contains);
        Name = name;
        _contains = contains;
        LearningRateFactor = Factor(learningRateFactor, nameof(learningRateFactor));
        WeightDecayFactor = Factor(weightDecayFactor, nameof(weightDecayFactor));
    }

    /// <summary>What it is called in descriptions.</summary>
    public string Name { get; }

    /// <summary>What the learning rate is multiplied by; 0 freezes.</summary>
    public float LearningRateFactor { get; }

    /// <summary>What the weight decay is multiplied by.</summary>
    public float WeightDecayFactor { get; }

    /// <summary>No weight decay on biases and on the scales and shifts of normalisation: on every parameter with one dimension.</summary>
    /// <remarks>They are few, and decay pulls them to where they should not be: a scale to 0. The layers' own penalties are not touched.</remarks>
    public static ParameterGroup NoDecayOnBiasesAndNorms() => new("biases and norms", parameter => parameter.Shape.Count == 1, weightDecayFactor: 0);

    /// <summary>Parameters that do not move.</summary>
    /// <param name="contains">Whether a parameter is one of them.</param>
    public static ParameterGroup Frozen(Func<Parameter, bool> contains) => new("frozen", contains, learningRateFactor: 0);

    /// <summary>Whether a parameter belongs to the group.</summary>
    /// <param name="parameter">The parameter.</param>
    public bool Contains(Parameter parameter) => _contains(parameter);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: lr x {LearningRateFactor}, weight decay x {WeightDecayFactor}");

    private static float Factor(float value, string name)
        => float.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is a finite number, 0 or more.");
}
