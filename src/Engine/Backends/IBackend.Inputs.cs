using FastNets.Rocket;

namespace FastNets.Backends;

public partial interface IBackend
{
    /// <summary>The MiniRocket features of each series.</summary>
    /// <param name="x">[batch, length].</param>
    /// <param name="transform">The fitted transform.</param>
    /// <param name="y">[batch, features].</param>
    /// <param name="batch">The number of series.</param>
    /// <param name="length">The steps of a series.</param>
    /// <param name="features">The features of a series.</param>
    void MiniRocket(Slot x, MiniRocket transform, Slot y, int batch, int length, int features);

    /// <summary>A layer of the program's own.</summary>
    /// <typeparam name="TLayer">The layer.</typeparam>
    /// <param name="x">[batch, inputs].</param>
    /// <param name="weights">What it learns, or none.</param>
    /// <param name="y">[batch, outputs].</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="inputs">The numbers of an input sample.</param>
    /// <param name="outputs">The numbers of an output sample.</param>
    void Custom<TLayer>(Slot x, Slot weights, Slot y, int batch, int inputs, int outputs)
        where TLayer : struct, ICustomLayer;

    /// <summary>The gradients of a layer of the program's own.</summary>
    /// <typeparam name="TLayer">The layer.</typeparam>
    /// <param name="dY">[batch, outputs].</param>
    /// <param name="x">[batch, inputs].</param>
    /// <param name="weights">What it learns, or none.</param>
    /// <param name="y">[batch, outputs].</param>
    /// <param name="dX">[batch, inputs].</param>
    /// <param name="dWeights">Laid out as the weights, or none.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="inputs">The numbers of an input sample.</param>
    /// <param name="outputs">The numbers of an output sample.</param>
    void CustomBackward<TLayer>(Slot dY, Slot x, Slot weights, Slot y, Slot dX, Slot dWeights, int batch, int inputs, int outputs)
        where TLayer : struct, ICustomLayer;

    /// <summary>The same row over and over.</summary>
    /// <param name="row">[columns]; none for zeros.</param>
    /// <param name="y">[rows, columns].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    void BroadcastRow(Slot row, Slot y, int rows, int columns);
}
