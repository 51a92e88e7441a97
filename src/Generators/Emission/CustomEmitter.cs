using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Emission;

/// <summary>Writes the structs by which kernels call the program's own functions and layers.</summary>
internal static class CustomEmitter
{
    private const string Vector256 = "global::System.Runtime.Intrinsics.Vector256";
    private const string Vector512 = "global::System.Runtime.Intrinsics.Vector512";

    public static void Write(CodeWriter code, ShapedNetwork network)
    {
        foreach (ShapedLayer layer in network.Layers)
        {
            if (layer.Spec.Custom is not { } custom) continue;
            code.Line();
            code.Comment($"{layer.Name}'s methods, as kernels call them.");
            if (custom.IsPointwise) WriteFunction(code, custom);
            else WriteLayer(code, custom);
        }
    }

    private static void WriteFunction(CodeWriter code, CustomSpec custom)
    {
        using (code.Block($"private readonly struct {custom.Adapter} : {Names.Activations}.IActivation"))
        {
            code.Line("public static bool DerivativeOfInput => true;");
            foreach (string method in new[] { "Forward", "Derivative" })
            {
                code.Line();
                code.Line($"public static float {method}(float x) => {custom.TypeName}.{method}(x);");
                WriteVector(code, custom, method, Vector256, custom.HasVectors256);
                WriteVector(code, custom, method, Vector512, custom.HasVectors512);
            }
        }
    }

    private static void WriteVector(CodeWriter code, CustomSpec custom, string method, string vector, bool own)
    {
        code.Line();
        if (own)
        {
            code.Line($"public static {vector}<float> {method}({vector}<float> x) => {custom.TypeName}.{method}(x);");
            return;
        }

        using (code.Block($"public static {vector}<float> {method}({vector}<float> x)"))
        {
            code.Line($"global::System.Span<float> lanes = stackalloc float[{vector}<float>.Count];");
            code.Line($"{vector}.CopyTo(x, lanes);");
            code.Line($"for (int i = 0; i < lanes.Length; i++) lanes[i] = {custom.TypeName}.{method}(lanes[i]);");
            code.Line($"return {vector}.Create<float>(lanes);");
        }
    }

    private static void WriteLayer(CodeWriter code, CustomSpec custom)
    {
        const string Read = "global::System.ReadOnlySpan<float>";
        const string Write = "global::System.Span<float>";
        using (code.Block($"private readonly struct {custom.Adapter} : global::FastNets.Backends.ICustomLayer"))
        {
            code.Line($"public static void Forward({Read} x, {Read} weights, {Write} y, int batch) => {custom.TypeName}.Forward(x, weights, y, batch);");
            code.Line();
            code.Line($"public static void Backward({Read} dY, {Read} x, {Read} weights, {Read} y, {Write} dX, {Write} dWeights, int batch)");
            code.Continued($"=> {custom.TypeName}.Backward(dY, x, weights, y, dX, dWeights, batch);");
        }
    }
}
