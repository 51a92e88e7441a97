namespace FastNets;

/// <summary>What a training step reports: the state before its update.</summary>
/// <param name="Loss">The mean loss of the batch, penalties not included.</param>
/// <param name="Penalty">The sum of the layers' L1 and L2 penalties.</param>
public readonly record struct StepResult(float Loss, float Penalty)
{
    /// <summary>What the step made smaller: loss and penalty together.</summary>
    public float Total => Loss + Penalty;
}
