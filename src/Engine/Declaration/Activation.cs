namespace FastNets;

/// <summary>A function on a layer's output.</summary>
public enum Activation
{
    /// <summary>f(x) = x.</summary>
    Linear,

    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>x above 0, 0.01 x below.</summary>
    LeakyReLU,

    /// <summary>x above 0, exp(x) - 1 below (Clevert et al., 2016).</summary>
    Elu,

    /// <summary>The self-normalising unit (Klambauer et al., 2017).</summary>
    Selu,

    /// <summary>x / (1 + exp(-x)), also called swish (Elfwing et al., 2018).</summary>
    Silu,

    /// <summary>log(1 + exp(x)).</summary>
    Softplus,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>x times the normal distribution function of x, by erf (Hendrycks and Gimpel, 2016).</summary>
    Gelu,

    /// <summary>GELU's approximation by tanh.</summary>
    GeluTanh,

    /// <summary>exp(x) over its sum along the sample's outputs.</summary>
    Softmax,
}
