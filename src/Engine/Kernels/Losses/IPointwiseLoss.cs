namespace FastNets.Kernels.Losses;

/// <summary>A loss that is a sum over elements of a function of output and target.</summary>
/// <remarks>Implemented by small structs and used as a type argument.</remarks>
public interface IPointwiseLoss
{
    /// <summary>The loss of one element.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should have given.</param>
    float Loss(float output, float target);

    /// <summary>The derivative of <see cref="Loss"/> by the output.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should have given.</param>
    float Gradient(float output, float target);
}

/// <summary>The squared error: (output - target)^2.</summary>
public readonly struct SquaredError : IPointwiseLoss
{
    /// <inheritdoc/>
    public float Loss(float output, float target) => (output - target) * (output - target);

    /// <inheritdoc/>
    public float Gradient(float output, float target) => 2f * (output - target);
}

/// <summary>The absolute error: |output - target|; its derivative is 0 where they are equal.</summary>
public readonly struct AbsoluteError : IPointwiseLoss
{
    /// <inheritdoc/>
    public float Loss(float output, float target) => MathF.Abs(output - target);

    /// <inheritdoc/>
    public float Gradient(float output, float target) => output > target ? 1f : output < target ? -1f : 0f;
}

/// <summary>Huber's loss: half the squared error up to delta, delta * (|error| - delta / 2) beyond (Huber, 1964).</summary>
/// <param name="delta">Where the square turns into a line; above 0.</param>
public readonly struct HuberError(float delta) : IPointwiseLoss
{
    /// <inheritdoc/>
    public float Loss(float output, float target)
    {
        float error = MathF.Abs(output - target);
        return error <= delta ? 0.5f * error * error : delta * (error - (0.5f * delta));
    }

    /// <inheritdoc/>
    public float Gradient(float output, float target) => Math.Clamp(output - target, -delta, delta);
}
