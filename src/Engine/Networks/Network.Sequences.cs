using System.Runtime.InteropServices;
using FastNets.Backends;
using FastNets.Random;

namespace FastNets;

// Sequences: lengths of their own, states that are carried on, teacher forcing.
public abstract partial class Network
{
    // Which stream of the seed decides on teacher forcing: apart from those of dropout masks, whose third counter word is a layer's number.
    private const uint ForcingStream = 0x8000_0000;

    private readonly List<Slot> _states = [];
    private readonly Slot _lengths;
    private bool _hasLengths;

    /// <summary>The lengths of the present batch's series; none where all are full.</summary>
    protected Slot LengthSlot => _hasLengths ? _lengths : Slot.None;

    /// <summary>
    /// The room for the lengths of the next pass's series, each from 1 to the input's steps. What was written counts for the next pass only, be it refused; without it all series are full.
    /// Steps behind a series' end are set to 0 before the pass, and labels there may be anything.
    /// </summary>
    /// <param name="batch">The number of samples, 1 to <see cref="MaxBatch"/>.</param>
    /// <returns>Shape [batch].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty or larger than <see cref="MaxBatch"/>.</exception>
    /// <exception cref="InvalidOperationException">The network was declared without Lengths.</exception>
    public Span<int> LengthRows(int batch)
    {
        CheckBatch(batch);
        if (_lengths.IsNone) throw new InvalidOperationException($"{Name}: all series have {InputShape.Steps} steps; declare it with 'Lengths = true' for series of other lengths.");
        _hasLengths = true;
        return MemoryMarshal.Cast<float, int>(_device.Edit(_lengths, batch));
    }

    /// <summary>Sets the states that stateful layers carry from batch to batch to 0: what comes next are new series.</summary>
    public void ResetStates()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        foreach (Slot state in _states) _device.Clear(state);
    }

    /// <summary>What lies so many elements behind the beginning of a place.</summary>
    /// <param name="slot">The place.</param>
    /// <param name="offset">The elements, no more than the place has.</param>
    protected static Slot After(Slot slot, int offset) => new(slot.Arena, slot.Offset + offset, slot.Length - offset);

    /// <summary>Whether a training step feeds a decoder the targets: a function of the seed, the layer and the step.</summary>
    /// <param name="ratio">The probability.</param>
    /// <param name="layer">The layer's number.</param>
    /// <param name="step">The training step.</param>
    protected bool TeacherForced(float ratio, uint layer, uint step)
    {
        // Which operations a step consists of is drawn anew each time.
        if (ratio is > 0 and < 1) _device.DontRecord();
        (uint word, _, _, _) = Philox.Block(0, ForcingStream, layer, step, (uint)Seed, (uint)(Seed >> 32));
        return word < ratio * 4294967296.0;
    }

    /// <summary>Checks that a window fits into a series.</summary>
    /// <param name="steps">The series' steps.</param>
    /// <param name="left">The padding before it.</param>
    /// <param name="right">The padding behind it.</param>
    /// <param name="span">The steps from a window's first one to its last one, both counted.</param>
    /// <param name="layer">The layer's name.</param>
    /// <returns>The series' steps.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window is longer.</exception>
    protected static int RequireWindow(int steps, int left, int right, int span, string layer)
        => (long)steps + left + right >= span
            ? steps
            : throw new ArgumentOutOfRangeException(nameof(steps), steps, $"Layer '{layer}' looks at {span} steps at a time, but gets {steps} (and {left} + {right} of padding); make the series longer, or the window smaller.");

    /// <summary>How much padding makes ceil(steps / stride) windows.</summary>
    /// <param name="steps">The series' steps.</param>
    /// <param name="span">The steps from a window's first one to its last one, both counted.</param>
    /// <param name="stride">From one window to the next.</param>
    protected static int SamePadding(int steps, int span, int stride)
        => Math.Max(0, (((steps + stride - 1) / stride) - 1) * stride + span - steps);

    internal void AddState(Slot state)
    {
        if (!state.IsNone) _states.Add(state);
    }

    // The labels of a sample that count: those before its series' end.
    private int LabelsOf(int sample)
        => _hasLengths && LabelsPerSample > 1 ? MemoryMarshal.Cast<float, int>(_device.Edit(_lengths, MaxBatch))[sample] : LabelsPerSample;

    // Before a pass: lengths must be possible, and what lies behind a series' end must not reach a weight's gradient.
    private void PrepareSequences(int batch)
    {
        if (_hasLengths) PreparePadding(batch);
        if (Description.TakesTokens) CheckTokens(batch);
    }

    private void PreparePadding(int batch)
    {
        ReadOnlySpan<int> lengths = MemoryMarshal.Cast<float, int>(_device.Edit(_lengths, batch));
        int steps = InputShape.Steps;
        Span<float> input = _device.Edit(InputSlot, batch * InputLength);
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 1 || lengths[i] > steps)
                throw new ArgumentOutOfRangeException(nameof(batch), lengths[i], $"{Name}: sample {i} of the batch has length {lengths[i]}; it must be from 1 to {steps}.");
            input.Slice((i * InputLength) + (lengths[i] * InputShape.Columns), (steps - lengths[i]) * InputShape.Columns).Clear();
        }
    }

    private void CheckTokens(int batch)
    {
        ReadOnlySpan<int> tokens = TokenRows(batch);
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            if (_layers[layer] is not Embedding embedding) continue;
            int vocabulary = embedding.Table.Shape[0];
            for (int i = 0; i < tokens.Length; i++)
            {
                if ((uint)tokens[i] >= (uint)vocabulary)
                    throw new ArgumentOutOfRangeException(nameof(batch), tokens[i], $"{Name}: step {i % InputLength} of sample {i / InputLength} of the batch is {tokens[i]}, but layer '{embedding.Name}' knows the numbers 0 to {vocabulary - 1}.");
            }
        }
    }
}
