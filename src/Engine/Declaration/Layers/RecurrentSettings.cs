using FastNets.Backends;

namespace FastNets;

/// <summary>How a recurrent layer runs.</summary>
/// <param name="units">The numbers of its state.</param>
/// <param name="returnSequences">Whether it gives its state after each step.</param>
/// <param name="reverse">Whether it goes from the last step to the first.</param>
/// <param name="truncate">The steps between the cuts of truncated backpropagation; 0 for none.</param>
/// <param name="hiddenState">Where the state is kept for the next batch; none where it is not.</param>
/// <param name="cellState">Where an LSTM's cell is kept for the next batch; none where it is not.</param>
public sealed class RecurrentSettings(int units, bool returnSequences, bool reverse, int truncate, Slot hiddenState = default, Slot cellState = default)
{
    /// <summary>The numbers of its state.</summary>
    public int Units { get; } = units;

    /// <summary>Whether it gives its state after each step.</summary>
    public bool ReturnSequences { get; } = returnSequences;

    /// <summary>Whether it goes from the last step to the first.</summary>
    public bool Reverse { get; } = reverse;

    /// <summary>The steps between the cuts of truncated backpropagation through time; 0 for none.</summary>
    public int Truncate { get; } = truncate;

    internal Slot HiddenState { get; } = hiddenState;

    internal Slot CellState { get; } = cellState;
}
