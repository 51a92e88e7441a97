using FastNets.Backends;
using FastNets.Kernels.Optimizers;
using FastNets.Training.Optimizers;

namespace FastNets;

// Copies of weights and running statistics in host memory: parameters first, then statistics, as the arenas hold them.
public abstract partial class Network
{
    /// <summary>The number of elements that the methods below take.</summary>
    internal int WeightLength => checked(_device.Length(Arena.Parameters) + _device.Length(Arena.State));

    internal void SaveWeights(Span<float> to)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ReadOnlySpan<float> parameters = _device.View(Arena.Parameters);
        parameters.CopyTo(to);
        _device.View(Arena.State).CopyTo(to[parameters.Length..]);
    }

    internal void LoadWeights(ReadOnlySpan<float> from)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Span<float> parameters = _device.Edit(Arena.Parameters);
        from[..parameters.Length].CopyTo(parameters);
        from[parameters.Length..].CopyTo(_device.Edit(Arena.State));
        ParametersChanged();
    }

    internal void SwapWeights(Span<float> with)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Span<float> parameters = _device.Edit(Arena.Parameters);
        AveragingKernels.Swap(parameters, with[..parameters.Length]);
        AveragingKernels.Swap(_device.Edit(Arena.State), with[parameters.Length..]);
        ParametersChanged();
    }

    /// <summary>average += fraction * (weights - average).</summary>
    internal void AverageWeights(Span<float> average, float fraction)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ReadOnlySpan<float> parameters = _device.View(Arena.Parameters);
        AveragingKernels.MoveTowards(parameters, average[..parameters.Length], fraction);
        AveragingKernels.MoveTowards(_device.View(Arena.State), average[parameters.Length..], fraction);
    }

    /// <summary>A copy of all that training changes; what follows starts with an optimizer's first step.</summary>
    internal Progress SaveProgress()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        float[] weights = new float[WeightLength];
        SaveWeights(weights);
        var progress = new Progress(
            weights, _device.View(Arena.Gradients).ToArray(), _device.View(Arena.OptimizerState).ToArray(), _optimizer, _optimizerState, _optimizerSteps, _updated, _step);
        _optimizer = null;
        return progress;
    }

    /// <summary>Puts everything back as it was.</summary>
    internal void RestoreProgress(Progress progress)
    {
        LoadWeights(progress.Weights);
        progress.Gradients.CopyTo(_device.Edit(Arena.Gradients));
        _optimizer = progress.Optimizer;
        _optimizerState = progress.State;
        _optimizerSteps = progress.Steps;
        _updated = progress.Updated;
        _step = progress.Step;
        if (progress.Moments.Length == 0) return;
        _reserved[(int)Arena.OptimizerState] = progress.Moments.Length;
        _device.Allocate(Arena.OptimizerState, progress.Moments.Length);
        progress.Moments.CopyTo(_device.Edit(Arena.OptimizerState));
    }

    internal sealed record Progress(
        float[] Weights, float[] Gradients, float[] Moments, Optimizer? Optimizer, Slot[] State, int Steps, UpdateSegment[] Updated, uint Step);
}
