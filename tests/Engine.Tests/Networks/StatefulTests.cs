using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Networks.NetworkCases;

namespace FastNets.Engine.Tests.Networks;

/// <summary>States that go from batch to batch: windows of a series, one after another, are the series.</summary>
public sealed class StatefulTests
{
    private const int Steps = 12;
    private const int Window = 4;
    private const int Channels = 2;
    private const int Batch = 3;

    private static readonly Dictionary<string, (Func<int, Network> Windows, Func<int, Network> Whole, Func<int, Network> Truncated)> Cases = new()
    {
        ["lstm"] = (steps => new WindowsLstm(steps, maxBatch: 5), steps => new WholeLstm(steps, maxBatch: 5), steps => new TruncatedLstm(steps, maxBatch: 5)),
        ["gru"] = (steps => new WindowsGru(steps, maxBatch: 5), steps => new WholeGru(steps, maxBatch: 5), steps => new TruncatedGru(steps, maxBatch: 5)),
        ["rnn"] = (steps => new WindowsRnn(steps, maxBatch: 5), steps => new WholeRnn(steps, maxBatch: 5), steps => new TruncatedRnn(steps, maxBatch: 5)),
    };

    private static IEnumerable<string> Names => Cases.Keys;

    [TestCaseSource(nameof(Names))]
    public void Windows_one_after_another_give_the_outputs_of_the_whole_series(string name)
    {
        using Network whole = Shaken(Cases[name].Whole(Steps));
        using Network windows = Cases[name].Windows(Window);
        CopyParameters(whole, windows);
        float[] x = Normal(Batch * Steps * Channels, seed: 1);
        float[] expected = new float[Batch * whole.OutputLength];
        whole.Predict(x, expected);
        ShouldAgree(InWindows(windows, x), expected, name + ": inference");
        InWindows(windows, x).ShouldNotBe(expected);
        windows.ResetStates();
        ShouldAgree(InWindows(windows, x), expected, name + ": after a reset");

        // Training carries on the same state.
        windows.ResetStates();
        float[] y = Normal(Batch * Steps * 2, seed: 2);
        for (int start = 0; start < Steps; start += Window)
        {
            windows.ComputeGradients(Part(x, start), Part(y, start));
            ShouldAgree(windows.Outputs, Part(expected, start), $"{name}: training from step {start}");
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Truncated_backpropagation_is_that_through_windows(string name)
    {
        using Network truncated = Shaken(Cases[name].Truncated(Steps));
        using Network windows = Cases[name].Windows(Window);
        using Network whole = Cases[name].Whole(Steps);
        CopyParameters(truncated, windows);
        CopyParameters(truncated, whole);
        float[] x = Normal(Batch * Steps * Channels, seed: 3);
        float[] y = Normal(Batch * Steps * 2, seed: 4);
        double loss = truncated.ComputeGradients(x, y);
        double[] gradient = new double[Gradients(truncated).Length];
        double total = 0;
        for (int start = 0; start < Steps; start += Window)
        {
            total += (double)windows.ComputeGradients(Part(x, start), Part(y, start)) * Window / Steps;
            double[] share = Gradients(windows);
            for (int i = 0; i < share.Length; i++) gradient[i] += share[i] * Window / Steps;
        }

        loss.ShouldBe(total, 1e-5 * total);
        ShouldAgree([.. Gradients(truncated).Select(g => (float)g)], gradient, name + ": gradient");
        whole.ComputeGradients(x, y).ShouldBe((float)loss);
        double[] untruncated = Gradients(whole);
        untruncated.Zip(gradient).Max(p => Math.Abs(p.First - p.Second)).ShouldBeGreaterThan(1e-3 * untruncated.Max(Math.Abs));
    }

    [Test]
    public void An_initial_state_can_be_given()
    {
        using WindowsLstm network = Shaken(new WindowsLstm(Window, maxBatch: Batch));
        float[] x = Normal(Batch * 2 * Window * Channels, seed: 5);
        float[] output = new float[Batch * network.OutputLength];
        network.Predict(Part(x, 0, 2 * Window), output);
        float[] hidden = network.State.HiddenState.ToArray();
        float[] cell = network.State.CellState.ToArray();
        hidden.Length.ShouldBe(Batch * 6);
        network.Predict(Part(x, Window, 2 * Window), output);
        float[] expected = [.. output];

        network.ResetStates();
        network.State.HiddenState.ToArray().ShouldAllBe(v => v == 0);
        network.State.CellState.ToArray().ShouldAllBe(v => v == 0);
        network.Predict(Part(x, Window, 2 * Window), output);
        output.ShouldNotBe(expected);
        hidden.CopyTo(network.State.HiddenState);
        cell.CopyTo(network.State.CellState);
        network.Predict(Part(x, Window, 2 * Window), output);
        output.ShouldBe(expected);
    }

    [Test]
    public void The_state_is_the_last_output()
    {
        using var network = new WindowsGru(Window, maxBatch: Batch);
        using WholeGru whole = Shaken(new WholeGru(Window, maxBatch: Batch));
        CopyParameters(whole, network);
        network.State.IsStateful.ShouldBeTrue();
        network.Predict(Normal(Batch * Window * Channels, seed: 6), new float[Batch * network.OutputLength]);
        // The values of the last step are an affine function of the state.
        ReadOnlySpan<float> kernel = network.Values.Kernel.Values;
        ReadOnlySpan<float> bias = network.Values.Bias!.Values;
        for (int sample = 0; sample < Batch; sample++)
        {
            for (int column = 0; column < 2; column++)
            {
                double value = bias[column];
                for (int unit = 0; unit < 6; unit++) value += network.State.HiddenState[(sample * 6) + unit] * kernel[(unit * 2) + column];
                ((double)network.Outputs[(((sample * Window) + Window - 1) * 2) + column]).ShouldBe(value, 1e-5);
            }
        }
    }

    [Test]
    public void Layers_without_a_state_of_their_own_have_none_to_write()
    {
        using var network = new WholeLstm(Steps, maxBatch: Batch);
        network.State.IsStateful.ShouldBeFalse();
        network.State.HiddenState.Length.ShouldBe(0);
        network.State.CellState.Length.ShouldBe(0);
        Should.NotThrow(network.ResetStates);
    }

    private static float[] InWindows(Network network, float[] x)
    {
        float[] y = new float[Batch * Steps * 2];
        float[] part = new float[Batch * Window * 2];
        for (int start = 0; start < Steps; start += Window)
        {
            network.Predict(Part(x, start), part);
            for (int sample = 0; sample < Batch; sample++) part.AsSpan(sample * Window * 2, Window * 2).CopyTo(y.AsSpan(((sample * Steps) + start) * 2));
        }

        return y;
    }

    // A window of each series; all have two columns.
    private static float[] Part(float[] series, int start, int steps = Steps)
    {
        float[] part = new float[Batch * Window * 2];
        for (int sample = 0; sample < Batch; sample++) series.AsSpan(((sample * steps) + start) * 2, Window * 2).CopyTo(part.AsSpan(sample * Window * 2));
        return part;
    }
}
