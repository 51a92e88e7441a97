namespace FastNets.Training.Callbacks;

/// <summary>Keeps an exponential moving average of the weights while training; validation measures it, and training ends with it.</summary>
/// <remarks>
/// After an epoch's last step the average takes the place of the weights, until the next epoch begins: validation, and callbacks that are told of the epoch's end, see it. At the end of training,
/// however it ends, it stays in the network. See <see cref="WeightAverage"/>.
/// </remarks>
public sealed class WeightAveraging : TrainerCallback
{
    private readonly float _decay;
    private readonly bool _warmUp;
    private WeightAverage? _average;

    /// <summary>Sets the rule.</summary>
    /// <param name="decay">How much of the average stays at each step, in [0, 1).</param>
    /// <param name="warmUp">Whether the first steps count more; see <see cref="WeightAverage"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is out of its range.</exception>
    public WeightAveraging(float decay = 0.999f, bool warmUp = true)
    {
        _decay = WeightAverage.Checked(decay);
        _warmUp = warmUp;
    }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainerContext context) => _average = new WeightAverage(context.Network, _decay, _warmUp);

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainerContext context)
    {
        if (_average!.IsSwapped) _average.Swap();
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainerContext context, in BatchRecord batch) => _average!.Update();

    /// <inheritdoc/>
    public override void OnEpochTrained(TrainerContext context) => _average!.Swap();

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainerContext context)
    {
        if (!_average!.IsSwapped && _average.Updates > 0) _average.Swap();
        _average = null;
    }
}
