using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Losses;

// The rows of a batch: first their elements that count, on which the gradient's scale depends, then losses and gradients.
public static unsafe partial class ElementLossKernels
{
    private readonly struct CountBody(float* targets, Batch batch) : ILaneBody
    {
        private readonly float* _targets = targets;
        private readonly Batch _batch = batch;

        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int end = _batch.End(item);
            for (int row = _batch.First(item); row < end; row++)
                _batch.Samples[row].Count = MissingValues.CountPresent<TLanes>(_targets + ((nint)row * _batch.Columns), _batch.Length(row));
        }
    }

    private readonly struct LossBody<TLoss>(
        float* output, float* targets, float* losses, float* dOutput, Batch batch, TLoss loss, float scale, bool ignoreMissing) : ILaneBody
        where TLoss : struct, IPointwiseLoss
    {
        // Vectors that are added up in single precision before their sum is added in double precision.
        private const int VectorsPerSum = 16;

        private readonly float* _output = output;
        private readonly float* _targets = targets;
        private readonly float* _losses = losses;
        private readonly float* _dOutput = dOutput;
        private readonly Batch _batch = batch;
        private readonly TLoss _loss = loss;
        private readonly float _scale = scale;
        private readonly bool _ignoreMissing = ignoreMissing;

        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int end = _batch.End(item);
            for (int row = _batch.First(item); row < end; row++)
            {
                nint offset = (nint)row * _batch.Columns;
                int length = _batch.Length(row);
                float* d = _dOutput is null ? null : _dOutput + offset;
                Sample* sample = _batch.Samples + row;
                sample->Sum = _ignoreMissing
                    ? Row<TLanes, PresentTargets>(_output + offset, _targets + offset, d, length)
                    : Row<TLanes, AllTargets>(_output + offset, _targets + offset, d, length);
                _losses[row] = sample->Count == 0 ? 0f : (float)(sample->Sum / sample->Count);
                if (d is not null) new Span<float>(d + length, _batch.Columns - length).Clear();
            }
        }

        // The rest that fills no register is loaded as zeros, of which some losses are not 0: masked. So are targets that are NaN where
        // they may be missing.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private double Row<T, TTargets>(float* output, float* targets, float* dOutput, int count)
            where T : struct, ILanes<T>
            where TTargets : struct, ITargets
        {
            T scale = T.Create(_scale);
            double total = 0;
            int i = 0;
            while (i <= count - T.Count)
            {
                int end = Math.Min(count, i + (VectorsPerSum * T.Count));
                T sum = T.Create(0f);
                for (; i <= end - T.Count; i += T.Count)
                {
                    T o = T.Load(output + i);
                    T t = T.Load(targets + i);
                    sum += TTargets.Keep(t, T.Loss(_loss, o, t));
                    if (dOutput is not null) TTargets.Keep(t, scale * T.Slope(_loss, o, t)).Store(dOutput + i);
                }

                total += T.SumDouble(sum);
            }

            int rest = count - i;
            if (rest <= 0) return total;
            T lastOutput = T.LoadFirst(output + i, rest);
            T lastTargets = T.LoadFirst(targets + i, rest);
            total += T.SumDouble(T.KeepWhere(T.FirstMask(rest), TTargets.Keep(lastTargets, T.Loss(_loss, lastOutput, lastTargets))));
            if (dOutput is not null) TTargets.Keep(lastTargets, scale * T.Slope(_loss, lastOutput, lastTargets)).StoreFirst(dOutput + i, rest);
            return total;
        }
    }

    /// <summary>Whether targets may be missing, known at compile time.</summary>
    private interface ITargets
    {
        /// <summary>The values of the elements that count, 0 for the others.</summary>
        static abstract T Keep<T>(T targets, T values)
            where T : struct, ILanes<T>;
    }

    private readonly struct AllTargets : ITargets
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Keep<T>(T targets, T values)
            where T : struct, ILanes<T> => values;
    }

    private readonly struct PresentTargets : ITargets
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Keep<T>(T targets, T values)
            where T : struct, ILanes<T> => T.KeepWhere(MissingValues.Present(targets), values);
    }
}
