namespace FastNets;

/// <summary>What a training step reports: the state before its update.</summary>
/// <param name="Loss">The mean loss of the step's samples, penalties not included.</param>
/// <param name="Penalty">The sum of the layers' L1 and L2 penalties; those of frozen parameters are left out.</param>
/// <param name="GradientNorm">
/// The Euclidean norm of all gradients, penalties' gradients included, before clipping. NaN where the optimizer does not clip by a norm: then it is
/// not computed. Infinity where a gradient is not a finite number, or the norm is beyond single precision's range of squares (1.8e19): then the update was left out.
/// </param>
public readonly record struct StepResult(float Loss, float Penalty, float GradientNorm = float.NaN)
{
    /// <summary>What the step made smaller: loss and penalty together.</summary>
    public float Total => Loss + Penalty;

    /// <summary>Whether loss, penalty and, where it was computed, the gradient's norm are finite: whether training can go on.</summary>
    public bool IsFinite => float.IsFinite(Loss) && float.IsFinite(Penalty) && !float.IsInfinity(GradientNorm);
}
