using System.Text.Json;
using FastNets.Kernels.Losses;
using FastNets.Serialization;
using FastNets.Tests.Shared;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;

namespace FastNets.Engine.Tests.Kernels.Losses;

/// <summary>The first loss and gradients of runs of PyTorch, from their logits and labels.</summary>
internal sealed class GoldenLossTests
{
    [TestCase("ce_class_weights")]
    [TestCase("ce_label_smoothing")]
    public void The_loss_and_its_gradient_are_those_of_PyTorch(string name)
    {
        SafetensorsFile golden = SafetensorsFile.Read(SharedData.Path("golden", "training", name + ".safetensors"));
        (int rows, int classes) = ((int)golden.Entry("output").Shape[0], (int)golden.Entry("output").Shape[1]);
        using JsonDocument json = JsonDocument.Parse(golden.MetadataValue("loss"));
        JsonElement given = json.RootElement[1];
        float smoothing = given.TryGetProperty("label_smoothing", out JsonElement s) ? s.GetSingle() : 0f;
        float[] weights = given.TryGetProperty("weight", out JsonElement w) ? [.. w.EnumerateArray().Select(e => e.GetSingle())] : [];
        int[] labels = [.. golden.Int64("y").ToArray().Select(y => (int)y)];

        float[] losses = new float[rows], total = new float[1], d = new float[rows * classes];
        CrossEntropyKernels.Run(golden.Float32("output"), labels, weights, default, losses, total, d, default, rows, 1, classes, new CrossEntropySettings(smoothing, 0f, Sum: false, IgnoreMissing: false));
        Close.ShouldBeCloseTo(total, [golden.Float32("loss")[0]], 1e-5, 0, name + ": loss");

        // The linear layer behind the logits: dW = dZ^T x, db = the sum of dZ over the rows.
        ReadOnlySpan<float> x = golden.Float32("x");
        double[] dBias = new double[classes], dWeight = ReferenceGemm.Multiply(Forms.ToDouble(d), true, Forms.ToDouble(x), false, classes, x.Length / rows, rows);
        for (int i = 0; i < d.Length; i++) dBias[i % classes] += d[i];
        Close.ShouldBeCloseTo(golden.Float32("grad.0.bias"), dBias, 1e-5, 1e-7, name + ": bias");
        Close.ShouldBeCloseTo(golden.Float32("grad.0.weight"), dWeight, 1e-5, 1e-6, name + ": weight");
    }
}
