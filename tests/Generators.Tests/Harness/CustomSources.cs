using FastNets.Generators.Model;

namespace FastNets.Generators.Tests.Harness;

/// <summary>The functions and the layer of the programs' own that drawn networks use.</summary>
internal static class CustomSources
{
    public static readonly CustomSpec Softsign = new("global::Drawn.Softsign", "", true, false, false);
    public static readonly CustomSpec Square = new("global::Drawn.Square", "", true, true, true);
    public static readonly CustomSpec Mixer = new("global::Drawn.Mixer", "", false, false, false);

    public const string Text =
        """
        namespace Drawn
        {
        using System;
        using System.Runtime.Intrinsics;

        public sealed class Softsign
        {
            public static float Forward(float x) => x / (1 + MathF.Abs(x));
            public static float Derivative(float x) => 1 / ((1 + MathF.Abs(x)) * (1 + MathF.Abs(x)));
        }

        public sealed class Square
        {
            public static float Forward(float x) => 0.25f * x * x;
            public static float Derivative(float x) => 0.5f * x;
            public static Vector256<float> Forward(Vector256<float> x) => 0.25f * x * x;
            public static Vector256<float> Derivative(Vector256<float> x) => 0.5f * x;
            public static Vector512<float> Forward(Vector512<float> x) => 0.25f * x * x;
            public static Vector512<float> Derivative(Vector512<float> x) => 0.5f * x;
        }

        // y[j] = w[j mod |w|] x[j mod n] + sin(x[(j + 1) mod n]); without weights w is 1.
        public sealed class Mixer
        {
            public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> y, int batch)
            {
                int n = x.Length / batch, m = y.Length / batch;
                for (int b = 0; b < batch; b++)
                {
                    for (int j = 0; j < m; j++)
                        y[b * m + j] = (weights.Length == 0 ? 1 : weights[j % weights.Length]) * x[b * n + j % n] + MathF.Sin(x[b * n + (j + 1) % n]);
                }
            }

            public static void Backward(ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> y, Span<float> dX, Span<float> dWeights, int batch)
            {
                int n = x.Length / batch, m = y.Length / batch;
                dX.Clear();
                dWeights.Clear();
                for (int b = 0; b < batch; b++)
                {
                    for (int j = 0; j < m; j++)
                    {
                        float d = dY[b * m + j];
                        dX[b * n + j % n] += d * (weights.Length == 0 ? 1 : weights[j % weights.Length]);
                        dX[b * n + (j + 1) % n] += d * MathF.Cos(x[b * n + (j + 1) % n]);
                        if (weights.Length > 0) dWeights[j % weights.Length] += d * x[b * n + j % n];
                    }
                }
            }
        }
        }

        """;
}
