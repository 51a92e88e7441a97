using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning;

/// <summary>What a block does first; a chain of functions and a dropout may follow in the same pass.</summary>
internal enum BlockKind
{
    /// <summary>A product with a bias.</summary>
    Dense,

    /// <summary>Batch normalisation.</summary>
    BatchNorm,

    /// <summary>Nothing but the functions.</summary>
    Pointwise,

    /// <summary>Softmax along the sample.</summary>
    Softmax,
}

/// <summary>A run of neighbouring layers that become one operation forward and one pass less backward.</summary>
/// <param name="Kind">What it does first.</param>
/// <param name="Layer">The layer that it begins with.</param>
/// <param name="Functions">The functions after it, in order; identities are left out.</param>
/// <param name="Dropout">The rate of the dropout at its end; 0 for none.</param>
/// <param name="DropoutLayer">The number of the dropout's layer, part of its counter.</param>
/// <param name="Label">The layers' names, for comments and buffer names.</param>
internal sealed record Block(
    BlockKind Kind,
    ShapedLayer Layer,
    EquatableArray<string> Functions,
    float Dropout,
    int DropoutLayer,
    string Label)
{
    public Size Input => Layer.Input;

    public Size Output => Layer.Output;

    /// <summary>Whether the function leaves its input as it is.</summary>
    public bool IsIdentity => Functions.Count == 0;

    /// <summary>Whether the backward pass wants the function's input (rather than its output).</summary>
    public bool DerivativeOfInput => Functions.Count > 1 || (Functions.Count == 1 && Activations.DerivativeOfInput(Functions[0]));
}

/// <summary>Facts of the functions that the planner needs.</summary>
internal static class Activations
{
    private static readonly string[] OfInput = ["Silu", "Softplus", "Gelu", "GeluTanh"];

    /// <summary>Whether the derivative is computed from the function's input. Agrees with the engine's IActivation; a test compares the two.</summary>
    public static bool DerivativeOfInput(string function) => OfInput.Contains(function);

    /// <summary>The name of the engine's struct.</summary>
    public static string StructName(ActivationKind kind) => kind switch
    {
        ActivationKind.ReLU => "Relu",
        ActivationKind.LeakyReLU => "LeakyRelu",
        _ => kind.ToString(),
    };
}
