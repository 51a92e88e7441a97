using System.Globalization;

namespace FastNets;

/// <summary>Pieces of layers' one-line descriptions.</summary>
internal static class LayerDescription
{
    /// <summary>A kernel's penalties; nothing where there are none.</summary>
    public static string Penalties(Parameter kernel) => Penalty("L1", kernel.L1) + Penalty("L2", kernel.L2);

    /// <summary>A function behind a layer; nothing where there is none.</summary>
    public static string Function(Activation activation) => activation == Activation.Linear ? "" : $", {activation}";

    private static string Penalty(string name, float factor)
        => factor == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {name} {factor}");
}
