using FastNets.Rocket;
using FastNets.Threading;

namespace FastNets.Backends;

public readonly partial struct CpuBackend
{
    /// <inheritdoc/>
    /// <exception cref="Data.DataFormatException">A value is missing or infinite.</exception>
    public void MiniRocket(Slot x, MiniRocket transform, Slot y, int batch, int length, int features) =>
        WorkerPool.Run(batch, new RocketBody(_arenas, x, transform, y, length, features));

    /// <inheritdoc/>
    public void Custom<TLayer>(Slot x, Slot weights, Slot y, int batch, int inputs, int outputs)
        where TLayer : struct, ICustomLayer =>
        TLayer.Forward(Matrix(x, batch, inputs), Whole(weights), Matrix(y, batch, outputs), batch);

    /// <inheritdoc/>
    public void CustomBackward<TLayer>(Slot dY, Slot x, Slot weights, Slot y, Slot dX, Slot dWeights, int batch, int inputs, int outputs)
        where TLayer : struct, ICustomLayer =>
        TLayer.Backward(
            Matrix(dY, batch, outputs), Matrix(x, batch, inputs), Whole(weights), Matrix(y, batch, outputs), Matrix(dX, batch, inputs), Whole(dWeights), batch);

    /// <inheritdoc/>
    public void BroadcastRow(Slot row, Slot y, int rows, int columns)
    {
        Span<float> target = Matrix(y, rows, columns);
        if (row.IsNone)
        {
            target.Clear();
            return;
        }

        ReadOnlySpan<float> source = Matrix(row, 1, columns);
        for (int i = 0; i < rows; i++) source.CopyTo(target.Slice(i * columns, columns));
    }

    private readonly struct RocketBody(ArenaSet arenas, Slot x, MiniRocket transform, Slot y, int length, int features) : IParallelBody
    {
        public void Invoke(int item)
        {
            Slot series = x with { Offset = x.Offset + (item * length), Length = length };
            Slot row = y with { Offset = y.Offset + (item * features), Length = features };
            transform.Transform(arenas.Span(series, length), arenas.Span(row, features));
        }
    }
}
