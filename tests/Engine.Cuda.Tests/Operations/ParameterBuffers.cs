using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Optimizers;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Parameters and gradients of several tensors, from one element to several chunks.</summary>
/// <param name="Segments">The tensors.</param>
/// <param name="Norm">Where clipping leaves the norm; none where nothing is clipped.</param>
/// <param name="Penalty">Where the penalties go.</param>
/// <param name="End">The end of the last tensor in the buffers.</param>
internal sealed record ParameterBuffers(UpdateSegment[] Segments, Slot Norm, Slot Penalty, int End)
{
    private static readonly int[] Sizes = [1, 3, 16, 1000, 2048, 2049, 5000, 8193, 7];

    public ParameterBuffers(BackendPair pair, bool penalised, int tensors = 9, bool clipped = false)
        : this([], clipped ? pair.Output(Arena.Activations, 1, "norm") : Slot.None, pair.Output(Arena.Activations, 1, "penalty"), 0)
    {
        var segments = new UpdateSegment[tensors];
        for (int i = 0; i < tensors; i++)
        {
            int size = Sizes[i % Sizes.Length];
            Slot w = pair.Normal(Arena.Parameters, size, $"parameters {i}");
            pair.Normal(Arena.Gradients, size, $"gradients {i}");
            segments[i] = new UpdateSegment(w.Offset, size, 0, 0);

            // Some have none of it.
            if (penalised && i % 4 != 3) segments[i] = segments[i] with { L1 = 0.01f * (i % 3), L2 = 0.02f * (i % 2) };
            if (i % 3 == 1) segments[i] = segments[i] with { RateFactor = 0.5f, DecayFactor = 0 };
            if (!clipped && i % 4 == 2) segments[i] = segments[i] with { Scale = 0.25f, Limit = 0.2f };
            End = w.Offset + size;
        }

        Segments = segments;
    }

    /// <summary>A buffer of an optimizer's state, of positive numbers.</summary>
    public Slot State(BackendPair pair, string name) => pair.Uniform(Arena.OptimizerState, End, 0.1f, 1, name);
}
