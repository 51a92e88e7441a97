using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Recurrent;

/// <summary>The references' gradients against central differences of their forward passes.</summary>
internal sealed class RecurrentReferenceTests
{
    private const int Time = 4;
    private const int Batch = 3;
    private const int Units = 3;

    private static ReferenceRecurrent Scan(bool reverse, bool lengths) => new(Time, Batch, Units, reverse, lengths ? [4, 0, 2] : null);

    [Test]
    public void The_lstm_reference_has_the_gradients_of_its_forward_pass([Values] bool reverse, [Values] bool lengths)
    {
        ReferenceRecurrent scan = Scan(reverse, lengths);
        double[] x = Normal(Time * Batch * 4 * Units, 1), kernel = Normal(Units * 4 * Units, 2), bias = Normal(4 * Units, 3);
        double[] hidden0 = Normal(scan.StateSize, 4), cell0 = Normal(scan.StateSize, 5);
        double[] dHidden = Normal(Time * scan.StateSize, 6), dLast = Normal(scan.StateSize, 7), dLastCell = Normal(scan.StateSize, 8);
        double Loss(double[] x, double[] kernel, double[] hidden0, double[] cell0)
        {
            (_, double[] hidden, double[] cell) = ReferenceRecurrentLstm.Forward(scan, x, kernel, bias, hidden0, cell0);
            return Weighted(scan, hidden, dHidden, dLast) + Dot(scan.Last(cell), dLastCell);
        }

        (double[] gates, double[] hidden, double[] cell) = ReferenceRecurrentLstm.Forward(scan, x, kernel, bias, hidden0, cell0);
        (double[] dZ, double[] dHidden0, double[] dCell0) = ReferenceRecurrentLstm.Backward(scan, dHidden, dLast, dLastCell, gates, cell, kernel);
        ShouldBeGradient(dZ, x, at => Loss(at, kernel, hidden0, cell0));
        ShouldBeGradient(scan.KernelGradient(hidden, dZ, 4 * Units), kernel, at => Loss(x, at, hidden0, cell0));
        ShouldBeGradient(dHidden0, hidden0, at => Loss(x, kernel, at, cell0));
        ShouldBeGradient(dCell0, cell0, at => Loss(x, kernel, hidden0, at));
    }

    [Test]
    public void The_gru_reference_has_the_gradients_of_its_forward_pass([Values] bool reverse, [Values] bool lengths)
    {
        ReferenceRecurrent scan = Scan(reverse, lengths);
        double[] x = Normal(Time * Batch * 3 * Units, 1), kernel = Normal(Units * 3 * Units, 2), bias = Normal(3 * Units, 3);
        double[] hidden0 = Normal(scan.StateSize, 4), dHidden = Normal(Time * scan.StateSize, 6), dLast = Normal(scan.StateSize, 7);
        double Loss(double[] x, double[] kernel, double[] hidden0) =>
            Weighted(scan, ReferenceRecurrentGru.Forward(scan, x, kernel, bias, hidden0).Hidden, dHidden, dLast);

        (double[] gates, double[] candidate, double[] hidden) = ReferenceRecurrentGru.Forward(scan, x, kernel, bias, hidden0);
        (double[] dZ, double[] dRecurrent, double[] dHidden0) = ReferenceRecurrentGru.Backward(scan, dHidden, dLast, gates, candidate, hidden, kernel);
        ShouldBeGradient(dZ, x, at => Loss(at, kernel, hidden0));
        ShouldBeGradient(scan.KernelGradient(hidden, dRecurrent, 3 * Units), kernel, at => Loss(x, at, hidden0));
        ShouldBeGradient(dHidden0, hidden0, at => Loss(x, kernel, at));
    }

    [Test]
    public void The_simple_reference_has_the_gradients_of_its_forward_pass([Values] bool reverse, [Values] bool lengths)
    {
        ReferenceRecurrent scan = Scan(reverse, lengths);
        double[] x = Normal(Time * scan.StateSize, 1), kernel = Normal(Units * Units, 2), bias = Normal(Units, 3);
        double[] hidden0 = Normal(scan.StateSize, 4), dHidden = Normal(Time * scan.StateSize, 6), dLast = Normal(scan.StateSize, 7);
        double Loss(double[] x, double[] kernel, double[] hidden0) =>
            Weighted(scan, ReferenceRecurrentRnn.Forward(scan, x, kernel, bias, hidden0, Math.Tanh), dHidden, dLast);

        double[] hidden = ReferenceRecurrentRnn.Forward(scan, x, kernel, bias, hidden0, Math.Tanh);
        (double[] dZ, double[] dHidden0) = ReferenceRecurrentRnn.Backward(scan, dHidden, dLast, hidden, kernel, y => 1 - (y * y));
        ShouldBeGradient(dZ, x, at => Loss(at, kernel, hidden0));
        ShouldBeGradient(scan.KernelGradient(hidden, dZ, Units), kernel, at => Loss(x, at, hidden0));
        ShouldBeGradient(dHidden0, hidden0, at => Loss(x, kernel, at));
    }

    [Test]
    public void Truncated_gradients_are_those_of_each_run_of_steps_on_its_own()
    {
        // 4 steps in runs of 3: the last step stands alone, the first three see nothing of it.
        var scan = new ReferenceRecurrent(Time, Batch, Units, Truncate: 3);
        ReferenceRecurrent first = scan with { Time = 3 }, second = scan with { Time = 1 };
        double[] x = Normal(Time * Batch * 4 * Units, 1), kernel = Normal(Units * 4 * Units, 2), dHidden = Normal(Time * scan.StateSize, 6);
        (double[] gates, _, double[] cell) = ReferenceRecurrentLstm.Forward(scan, x, kernel, null, null, null);
        (double[] dZ, double[] dHidden0, double[] dCell0) = ReferenceRecurrentLstm.Backward(scan, dHidden, null, null, gates, cell, kernel);

        int split = 3 * scan.StateSize;
        (double[] firstDZ, double[] firstDHidden0, double[] firstDCell0) = ReferenceRecurrentLstm.Backward(
            first, dHidden[..split], null, null, gates[..(4 * split)], cell[..(split + scan.StateSize)], kernel);
        (double[] secondDZ, _, _) = ReferenceRecurrentLstm.Backward(second, dHidden[split..], null, null, gates[(4 * split)..], cell[split..], kernel);
        dZ.ShouldBe([.. firstDZ, .. secondDZ]);
        dHidden0.ShouldBe(firstDHidden0);
        dCell0.ShouldBe(firstDCell0);
    }

    private static double[] Normal(int count, ulong stream) => Forms.ToDouble(Forms.Normal(count, stream, 0.7f));

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Weighted(ReferenceRecurrent scan, double[] hidden, double[] dHidden, double[] dLast)
    {
        double loss = Dot(scan.Last(hidden), dLast);
        for (int step = 0; step < scan.Time; step++)
        {
            for (int b = 0; b < scan.Batch; b++)
            {
                for (int j = 0; j < scan.Units; j++) loss += hidden[scan.Before(step + 1, b) + j] * dHidden[scan.Row(step, b, scan.Units) + j];
            }
        }

        return loss;
    }

    private static void ShouldBeGradient(double[] actual, double[] at, Func<double[], double> loss)
    {
        double[] expected = ReferenceGradient.Numerical(loss, at);
        for (int i = 0; i < at.Length; i++) actual[i].ShouldBe(expected[i], 1e-7 + (1e-6 * Math.Abs(expected[i])));
    }
}
