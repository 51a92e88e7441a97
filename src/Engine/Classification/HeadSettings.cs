namespace FastNets.Classification;

/// <summary>How a network is trained, all defaults filled in.</summary>
/// <param name="Epochs">How often it goes through all series.</param>
/// <param name="BatchSize">The number of series of a step.</param>
/// <param name="LearningRate">The step size.</param>
/// <param name="Optimizer">The rule.</param>
internal sealed record HeadSettings(int Epochs, int BatchSize, float LearningRate, OptimizerKind Optimizer)
{
    private const float DefaultLearningRate = 1e-3f;
    private const int MinEpochs = 20;

    /// <summary>Fills in the defaults that <see cref="ClassifierOptions"/> documents.</summary>
    /// <param name="options">The checked options.</param>
    /// <param name="series">The number of training series.</param>
    public static HeadSettings For(ClassifierOptions options, int series)
    {
        bool mlp = options.Kind == ClassifierKind.Mlp;
        int batch = Math.Min(options.BatchSize ?? (series < 256 ? 16 : series < 2048 ? 32 : 64), series);
        int steps = Math.Max((series + batch - 1) / batch, 1);
        int wanted = mlp ? 2000 : 500;
        int epochs = options.Epochs ?? Math.Clamp((wanted + steps - 1) / steps, MinEpochs, mlp ? 300 : 100);
        return new HeadSettings(epochs, batch, options.LearningRate ?? DefaultLearningRate, options.Optimizer ?? OptimizerKind.Adam);
    }
}
