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
}
