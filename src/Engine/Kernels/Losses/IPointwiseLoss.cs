using System.Runtime.Intrinsics;

namespace FastNets.Kernels.Losses;

/// <summary>A loss that is a sum or a mean over elements of a function of output and target.</summary>
/// <remarks>Implemented by small structs and used as a type argument, so that the compiler writes a loop for each loss.</remarks>
public interface IPointwiseLoss
{
    /// <summary>Which loss it is, for kernels that are not compiled for each loss.</summary>
    static abstract Loss DeviceCode { get; }

    /// <summary>The loss's setting, for kernels that are not compiled for each loss; 0 where it has none.</summary>
    float DeviceParameter { get; }

    /// <summary>The loss of one element.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should have given.</param>
    float Loss(float output, float target);

    /// <summary>The loss, lane by lane.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should have given.</param>
    Vector256<float> Loss(Vector256<float> output, Vector256<float> target);

    /// <summary>The loss, lane by lane.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should have given.</param>
    Vector512<float> Loss(Vector512<float> output, Vector512<float> target);

    /// <summary>The derivative of the loss by the output.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should have given.</param>
    float Gradient(float output, float target);

    /// <summary>The derivative of the loss by the output, lane by lane.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should have given.</param>
    Vector256<float> Gradient(Vector256<float> output, Vector256<float> target);

    /// <summary>The derivative of the loss by the output, lane by lane.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should have given.</param>
    Vector512<float> Gradient(Vector512<float> output, Vector512<float> target);
}
