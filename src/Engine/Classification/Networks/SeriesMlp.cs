namespace FastNets.Classification.Networks;

/// <summary>The multilayer perceptron of Wang, Yan and Oates, "Time series classification from scratch with deep neural networks: a strong baseline", IJCNN 2017: three layers of 500 ReLU units with dropout, on the series itself. Gives probabilities.</summary>
[Network(Input = "length", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class SeriesMlp
{
    /// <summary>Dropout on the input.</summary>
    [Layer(Rate = 0.1f)]
    public partial Dropout InputDropout { get; }

    /// <summary>The first hidden layer.</summary>
    [Layer(Units = 500, Activation = Activation.ReLU, KernelInitializer = Initializer.HeUniform)]
    public partial Dense Hidden1 { get; }

    /// <summary>Dropout after the first hidden layer.</summary>
    [Layer(Rate = 0.2f)]
    public partial Dropout Dropout1 { get; }

    /// <summary>The second hidden layer.</summary>
    [Layer(Units = 500, Activation = Activation.ReLU, KernelInitializer = Initializer.HeUniform)]
    public partial Dense Hidden2 { get; }

    /// <summary>Dropout after the second hidden layer.</summary>
    [Layer(Rate = 0.2f)]
    public partial Dropout Dropout2 { get; }

    /// <summary>The third hidden layer.</summary>
    [Layer(Units = 500, Activation = Activation.ReLU, KernelInitializer = Initializer.HeUniform)]
    public partial Dense Hidden3 { get; }

    /// <summary>Dropout before the output.</summary>
    [Layer(Rate = 0.3f)]
    public partial Dropout Dropout3 { get; }

    /// <summary>The class probabilities.</summary>
    [Layer(Units = "classes", Activation = Activation.Softmax)]
    public partial Dense Output { get; }
}
