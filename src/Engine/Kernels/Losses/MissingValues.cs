using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Losses;

/// <summary>Targets that are missing: NaN.</summary>
internal static unsafe class MissingValues
{
    /// <summary>The mask of the lanes that are numbers, infinite ones included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Present<T>(T values)
        where T : struct, ILanes<T> => T.Greater(T.Abs(values), T.Create(-1f));

    /// <summary>How many of a row are numbers. Counted in single precision, so in parts in which a lane stays exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int CountPresent<T>(float* values, int count)
        where T : struct, ILanes<T>
    {
        const int Part = 1 << 20;
        int present = 0;
        for (int start = 0; start < count; start += Part)
        {
            float* x = values + start;
            int length = Math.Min(Part, count - start);
            T one = T.Create(1f);
            T sum = T.Create(0f);
            int i = 0;
            for (; i <= length - T.Count; i += T.Count) sum += T.KeepWhere(Present(T.Load(x + i)), one);
            int rest = length - i;
            if (rest > 0) sum += T.KeepWhere(T.FirstMask(rest), T.KeepWhere(Present(T.LoadFirst(x + i, rest)), one));
            present += (int)T.SumDouble(sum);
        }

        return present;
    }
}
