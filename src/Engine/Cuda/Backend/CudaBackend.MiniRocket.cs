using System.Numerics.Tensors;
using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Cuda.Rocket;
using FastNets.Data;
using FastNets.Rocket;

namespace FastNets.Cuda.Backend;

internal readonly unsafe partial struct CudaBackend
{
    // Places begin on cache lines.
    private const int FloatsOfLine = 16;

    private static readonly object RocketTables = new();

    /// <inheritdoc/>
    /// <remarks>
    /// The host looks through the series first, so the pass can't be recorded; where they are not the network's input they are copied to it, and the device waits.
    /// </remarks>
    /// <exception cref="DataFormatException">A value is missing or infinite.</exception>
    public void MiniRocket(Slot x, MiniRocket transform, Slot y, int batch, int length, int features)
    {
        _device.DontRecord();
        ulong source = Matrix(x, batch, length);
        if (x.Arena == Arena.Input)
        {
            CheckSeries(_device.View(x, batch * length), transform, length, features);
        }
        else
        {
            float[] values = new float[batch * length];
            _device.Download(source, values);
            CheckSeries(values, transform, length, features);
        }

        MiniRocketPlan plan = MiniRocketPlan.Of(transform.Parameters);
        int steps = length / transform.Parameters.Channels;
        if (batch == 0) return;

        // Of the layer, by where its output is: the transform is another object whenever its parameters were looked at.
        int part = 3 * (y.Offset / FloatsOfLine);
        var arguments = new MiniRocketArguments
        {
            X = source,
            Jobs = _device.Table(RocketTables, part, plan.Jobs),
            Biases = _device.Table(RocketTables, part + 1, plan.Biases),
            Table = _device.Table(RocketTables, part + 2, plan.Table),
            Shares = Matrix(y, batch, features),
            Length = steps,
        };
        CudaKernel kernel = plan.Cut(batch, steps, _device.Multiprocessors, ref arguments, out LaunchShape shape);
        Launch(kernel, shape, arguments);
    }

    /// <summary>Throws what the transform itself throws for series that it does not take.</summary>
    private static void CheckSeries(ReadOnlySpan<float> values, MiniRocket transform, int length, int features)
    {
        MiniRocketParameters parameters = transform.Parameters;
        bool fits = parameters.AlwaysPads ? length > 0 && length % parameters.Channels == 0 : length == (long)parameters.Channels * parameters.InputLength;
        if (fits && features == parameters.FeatureCount && TensorPrimitives.IsFiniteAll(values))
        {
            if (length / parameters.Channels <= MiniRocketPlan.MaxLength) return;
            throw new NotSupportedException(
                $"A GPU transforms series of at most {MiniRocketPlan.MaxLength} time steps, but these have {length / parameters.Channels}; run the network on the processor.");
        }

        float[] row = new float[features];
        for (int at = 0; at < values.Length; at += length) transform.Transform(values.Slice(at, length), row);
    }
}
