using FastNets.Kernels.Lanes;
using FastNets.Kernels.Reduction;

namespace FastNets.Kernels.Losses;

// The focal loss. A class's term is a q^gamma (-log p) with q = 1 - p; with g = p times its derivative by p,
// g = a q^gamma (gamma p log(p) / q - 1), the gradient by z[k] is g[k] - p[k] * sum(g).
public static unsafe partial class CrossEntropyKernels
{
    private readonly partial struct RowBody
    {
        /// <summary>The focal loss where a[c] is 0 but for the row's own class: the exponentials are vectors, one class is scalar.</summary>
        private double FocalOwn<T>(int row, float* z, float* d, float* p)
            where T : struct, ILanes<T>
        {
            int own = _indices[row];
            float max = SoftmaxKernels.MaxRow<T>(z, _classes);
            float logit = z[own];
            float* e = d is not null ? d : p;

            // The others are summed apart: 1 - p of a class that is all but certain is their share, and no difference.
            double others = ExpRow<T>(z, e, max, own);
            others += ExpRow<T>(z + own + 1, e is null ? null : e + own + 1, max, _classes - own - 1);
            double shifted = logit - (double)max;
            double ownExp = Math.Exp(shifted);
            double sum = others + ownExp;
            double logP = shifted == 0 ? -LogOnePlus(others) : shifted - Math.Log(sum);
            double q = others / sum;
            double g = Focal(Own(row), ownExp / sum, q, logP, out double loss);
            if (e is null) return loss;

            e[own] = (float)ownExp;
            if (p is not null) SoftmaxKernels.ScaleRow<T>(e, (float)(1 / sum), null, 0f, p, _classes);
            if (d is null) return loss;
            SoftmaxKernels.ScaleRow<T>(d, (float)(-g * _scale / sum), null, 0f, d, _classes);
            d[own] = (float)(g * q * _scale);
            return loss;
        }

        /// <summary>The focal loss where every class may have a term: in double precision, the terms made twice instead of kept.</summary>
        private double FocalSpread<T>(int row, float* z, float* d, float* p)
            where T : struct, ILanes<T>
        {
            var terms = new FocalRow(SoftmaxKernels.MaxRow<T>(z, _classes), z, _classes);
            double loss = 0;
            double sum = 0;
            for (int i = 0; i < _classes; i++)
            {
                terms.Of(z[i], i, out double prob, out double q, out double logP);
                sum += Focal(Weight(row, i), prob, q, logP, out double term);
                loss += term;
            }

            if (d is null && p is null) return loss;
            for (int i = 0; i < _classes; i++)
            {
                terms.Of(z[i], i, out double prob, out double q, out double logP);
                double g = Focal(Weight(row, i), prob, q, logP, out _);
                if (d is not null) d[i] = (float)(_scale * (g - (prob * sum)));
                if (p is not null) p[i] = (float)prob;
            }

            return loss;
        }

        /// <summary>a[c].</summary>
        private double Weight(int row, int i)
        {
            double t = _indices is null ? _values[((nint)row * _classes) + i] : _indices[row] == i ? 1 : 0;
            double a = (_kept * t) + _smooth;
            return _classWeights is null ? a : a * _classWeights[i];
        }

        /// <summary>A class's term of the loss, and g, p times its derivative by p.</summary>
        private double Focal(double a, double p, double q, double logP, out double loss)
        {
            loss = 0;
            // Without weight nothing, even of an impossible class; a certain class has q = 0, and all its terms vanish.
            if (a == 0 || q == 0) return 0;
            double power = _gamma == 1 ? q : _gamma == 2 ? q * q : Math.Pow(q, _gamma);
            loss = -a * power * logP;
            // p log(p) goes to 0 with p.
            return a * power * ((p == 0 ? 0 : _gamma * p * logP / q) - 1);
        }
    }

    /// <summary>log(1 + x) for x of at least 0, accurate for small x too (Kahan): the rounding of 1 + x divided out.</summary>
    private static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * x / (u - 1);
    }

    /// <summary>The softmax of a row in double precision, with 1 - p of the largest accurate however small it is.</summary>
    private readonly struct FocalRow
    {
        private readonly double _max;
        private readonly double _sum;
        private readonly double _logSum;
        private readonly double _others;
        private readonly int _largest;

        public FocalRow(float max, float* z, int classes)
        {
            _max = max;
            _largest = new ReadOnlySpan<float>(z, classes).IndexOf(max);
            for (int i = 0; i < classes; i++)
            {
                if (i != _largest) _others += Math.Exp(z[i] - _max);
            }

            _sum = 1 + _others;
            _logSum = LogOnePlus(_others);
        }

        public void Of(float z, int i, out double p, out double q, out double logP)
        {
            double shifted = z - _max;
            logP = shifted - _logSum;
            p = Math.Exp(shifted) / _sum;
            q = i == _largest ? _others / _sum : 1 - p;
        }
    }
}
