namespace FastNets.Classification;

/// <summary>What a <see cref="TimeSeriesClassifier"/> consists of.</summary>
public enum ClassifierKind
{
    /// <summary>MiniRocket and a ridge classifier whose penalty is chosen by leave-one-out cross-validation: the paper's own choice. Gives scores, not probabilities.</summary>
    Ridge,

    /// <summary>MiniRocket, standardised features and <see cref="Networks.SoftmaxHead"/>.</summary>
    Softmax,

    /// <summary>MiniRocket, standardised features and <see cref="Networks.SigmoidHead"/>.</summary>
    Sigmoid,

    /// <summary>MiniRocket, standardised features and <see cref="Networks.RocketHead"/>.</summary>
    Head,

    /// <summary>MiniRocket, standardised features and <see cref="Networks.RocketHeadL2"/>.</summary>
    HeadL2,

    /// <summary>MiniRocket, standardised features and <see cref="Networks.RocketHeadL1"/>.</summary>
    HeadL1,

    /// <summary><see cref="Networks.SeriesMlp"/> on the series themselves, each channel standardised over the training set.</summary>
    Mlp,
}

/// <summary>Facts about kinds of classifiers.</summary>
internal static class ClassifierKinds
{
    /// <summary>Whether MiniRocket comes first.</summary>
    /// <param name="kind">The kind.</param>
    public static bool HasRocket(this ClassifierKind kind) => kind != ClassifierKind.Mlp;

    /// <summary>Whether a network is trained, epoch by epoch.</summary>
    /// <param name="kind">The kind.</param>
    public static bool HasNetwork(this ClassifierKind kind) => kind != ClassifierKind.Ridge;
}
