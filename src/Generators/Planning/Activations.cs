using FastNets.Generators.Model;

namespace FastNets.Generators.Planning;

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
