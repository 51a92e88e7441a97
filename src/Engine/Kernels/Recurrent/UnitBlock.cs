using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Recurrent;

/// <summary>Loads and stores of a block of units, whole or in part.</summary>
internal static unsafe class UnitBlock<T, TPart>
    where T : struct, ILanes<T>
    where TPart : struct, ITileColumns
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(float* address, T mask) => TPart.Masked ? T.LoadWhere(mask, address) : T.Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T value, float* address, T mask)
    {
        if (TPart.Masked) value.StoreWhere(mask, address);
        else value.Store(address);
    }

    /// <summary>
    /// The product of a gate plus the input's share of it. A part of a register has both in its sums already, see <see cref="AddTo"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(float* sums, float* gate) => TPart.Masked ? T.Load(sums) : T.Load(gate) + T.Load(sums);

    /// <summary>Adds the input's share of some rows' first gates to the sums.</summary>
    /// <remarks>
    /// A part of a register is stored by an instruction that spans the whole register, over the next row's numbers, which could not be
    /// loaded before that store is done: row would wait for row. So all rows are loaded before the first is stored.
    /// </remarks>
    /// <param name="sums">The first row's sums, a register a gate.</param>
    /// <param name="stride">From one row's sums to the next.</param>
    /// <param name="gates">The first row's first gate.</param>
    /// <param name="units">From one gate to the next.</param>
    /// <param name="count">How many gates are added.</param>
    /// <param name="row">From one row's gates to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="mask">The block's units.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(float* sums, nint stride, float* gates, nint units, int count, nint row, int rows, T mask)
    {
        for (; rows > 0; rows--)
        {
            for (int i = 0; i < count; i++)
            {
                float* sum = sums + (i * T.Count);
                (T.Load(sum) + T.LoadWhere(mask, gates + (i * units))).Store(sum);
            }

            sums += stride;
            gates += row;
        }
    }
}
