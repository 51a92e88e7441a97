using FastNets.Generators.Model;
using FastNets.Tests.Shared.Reference;

namespace FastNets.Generators.Tests.Running.Reference;

/// <summary>The losses of a batch as one number.</summary>
internal static class ReferenceLoss
{
    public static double Of(LossSpec loss, Value y, RandomBatch data) => loss.OfClasses ? OfClasses(loss, y, data) : OfElements(loss, y, data);

    private static double OfClasses(LossSpec loss, Value y, RandomBatch data)
    {
        double[] outputs = [.. y.Flat.SelectMany(v => v)];
        return new ReferenceCrossEntropy
        {
            Classes = y.Columns,
            Labels = data.Labels,
            Targets = data.Targets?.SelectMany(t => t).ToArray(),
            ClassWeights = data.ClassWeights,
            Lengths = y.IsSequence ? data.Lengths : null,
            Steps = y.Steps,
            Smoothing = loss.LabelSmoothing,
            Gamma = loss.Kind == LossKind.Focal ? loss.FocalGamma : 0,
            Sum = loss.Reduction == ReductionKind.Sum,
        }.Total(y.IsProbability ? [.. outputs.Select(p => Math.Log(p))] : outputs);
    }

    private static double OfElements(LossSpec loss, Value y, RandomBatch data)
    {
        double sum = 0;
        int count = 0;
        for (int b = 0; b < y.Batch; b++)
        {
            int steps = y.IsSequence && data.Lengths is not null ? Math.Min(y.Steps, data.Lengths[b]) : y.Steps;
            double[] outputs = y.Flat[b];
            for (int i = 0; i < steps * y.Columns; i++)
            {
                double target = data.Targets![b][i];
                if (double.IsNaN(target)) continue;
                sum += Of(loss, outputs[i], target, y.IsProbability);
                count++;
            }
        }

        return loss.Reduction == ReductionKind.Sum ? sum : count == 0 ? 0 : sum / count;
    }

    private static double Of(LossSpec loss, double y, double t, bool isProbability)
    {
        double error = Math.Abs(y - t);
        double delta = loss.HuberDelta;
        return loss.Kind switch
        {
            LossKind.MeanSquaredError => error * error,
            LossKind.MeanAbsoluteError => error,
            LossKind.Huber => error <= delta ? error * error / 2 : delta * (error - (delta / 2)),
            _ when isProbability => -(t * Math.Log(y)) - ((1 - t) * Math.Log(1 - y)),
            _ => Math.Max(y, 0) - (y * t) + Math.Log(1 + Math.Exp(-Math.Abs(y))),
        };
    }
}
