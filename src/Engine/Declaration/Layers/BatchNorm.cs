using System.Globalization;
using FastNets.Kernels.Normalization;

namespace FastNets;

/// <summary>Batch normalisation (Ioffe and Szegedy, 2015): each feature (of a sequence: each channel, over all steps) to mean 0 and variance 1, then y = f(gamma * x + beta).</summary>
/// <remarks>
/// Training uses the batch's statistics, inference the running ones (folded into the neighbouring dense layer where there is one).
/// Settings: Activation, Defaults, Momentum, Epsilon, UnbiasedVariance.
/// </remarks>
public sealed class BatchNorm : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="gamma">The scale.</param>
    /// <param name="beta">The shift.</param>
    /// <param name="runningMean">The running mean.</param>
    /// <param name="runningVariance">The running variance.</param>
    /// <param name="settings">Momentum, epsilon and the running variance's kind.</param>
    /// <param name="activation">f.</param>
    public BatchNorm(Network network, string name, SampleShape outputShape, Parameter gamma, Parameter beta, Parameter runningMean, Parameter runningVariance, BatchNormSettings settings, Activation activation)
        : base(network, name, outputShape, gamma, beta, runningMean, runningVariance)
    {
        Gamma = gamma;
        Beta = beta;
        RunningMean = runningMean;
        RunningVariance = runningVariance;
        Settings = settings;
        Activation = activation;
    }

    /// <summary>The scale, shape [features]; starts at 1.</summary>
    public Parameter Gamma { get; }

    /// <summary>The shift, shape [features]; starts at 0.</summary>
    public Parameter Beta { get; }

    /// <summary>The running mean, shape [features]; starts at 0.</summary>
    public Parameter RunningMean { get; }

    /// <summary>The running variance, shape [features]; starts at 1.</summary>
    public Parameter RunningVariance { get; }

    /// <summary>Momentum, epsilon and the running variance's kind.</summary>
    public BatchNormSettings Settings { get; }

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override string Description
        => string.Create(CultureInfo.InvariantCulture, $"BatchNorm(momentum {Settings.Momentum}, epsilon {Settings.Epsilon}{(Settings.UnbiasedVariance ? ", unbiased" : "")}{(Activation == Activation.Linear ? "" : $", {Activation}")})");
}
