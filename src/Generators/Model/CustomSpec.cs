namespace FastNets.Generators.Model;

/// <summary>A user's own function or layer.</summary>
/// <param name="TypeName">The full name of the type that has the static methods.</param>
/// <param name="Adapter">The name of the generated struct by which kernels call them; the user's own members have others.</param>
/// <param name="IsPointwise">Whether it is a function of one number and its derivative, not a layer on spans.</param>
/// <param name="HasVectors256">Whether it has forms of the function and its derivative for eight numbers.</param>
/// <param name="HasVectors512">Whether it has forms of the function and its derivative for sixteen numbers.</param>
internal sealed record CustomSpec(string TypeName, string Adapter, bool IsPointwise, bool HasVectors256, bool HasVectors512);
