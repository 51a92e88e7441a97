using FastNets.Generators.Tests.Harness;
using FastNets.Generators.Tests.Running.Reference;
using Shouldly;

namespace FastNets.Generators.Tests.Running;

/// <summary>Compares what a network computed in single precision with its formulas in double precision.</summary>
/// <remarks>
/// Where the two differ by more than rounding of well-behaved sums explains, the formulas are asked again with parameters that are moved by as much as
/// single precision rounds them, and with another step of the difference: what that changes is how much the number can be known at all (kinks, small variances).
/// </remarks>
internal sealed class GradientCheck(RandomNetwork network, ReferenceNetwork reference, ReferencePass at)
{
    private const double Step = 1e-5;
    private const double Noise = 4e-7;
    private const int MostElements = 20;
    private const int Moves = 6;

    private readonly Dice _dice = new(7, (ulong)network.Number);

    public int Doubtful { get; private set; }

    public int Checked { get; private set; }

    public void Value(double actual, Func<ReferencePass, double> value, double relative, string what)
    {
        double expected = value(at);
        Compare(actual, expected, relative * (1 + Math.Abs(expected)), () => Enumerable.Range(0, Moves).Select(_ => value(Moved())), what);
    }

    public void Values(float[] actual, Func<ReferencePass, double[]> values, double relative, string what)
    {
        double[] expected = values(at);
        var moved = new Lazy<double[][]>(() => [.. Enumerable.Range(0, Moves).Select(_ => values(Moved()))]);
        for (int k = 0; k < actual.Length; k++)
        {
            int i = k;
            Compare(actual[i], expected[i], relative * (1 + Math.Abs(expected[i])), () => moved.Value.Select(v => v[i]), $"{what} {i}");
        }
    }

    public void Gradient(Parameter parameter)
    {
        int[] elements = parameter.Length <= MostElements ? [.. Enumerable.Range(0, parameter.Length)] : [.. Enumerable.Range(0, MostElements).Select(_ => _dice.Below(parameter.Length))];
        // Truncation's constants are those of the pass itself.
        reference.Loss(at);
        double[] expected = [.. elements.Select(i => Quotient(at, parameter.Name, i, Step))];
        // Rounding grows with the sums that a gradient is made of, so the tolerance is a part of the largest one.
        double tolerance = 2e-5 + (5e-4 * expected.Max(Math.Abs));
        for (int k = 0; k < elements.Length; k++)
        {
            int i = elements[k];
            Compare(parameter.Gradient[i], expected[k], tolerance, () => Again(i), $"{parameter}[{i}]");
        }

        IEnumerable<double> Again(int i)
        {
            yield return Quotient(at, parameter.Name, i, Step / 10);
            for (int n = 0; n < Moves; n++)
            {
                ReferencePass moved = Moved();
                reference.Loss(moved);
                yield return Quotient(moved, parameter.Name, i, Step / 3);
            }
        }
    }

    private void Compare(double actual, double expected, double tolerance, Func<IEnumerable<double>> again, string what)
    {
        Checked++;
        if (Math.Abs(actual - expected) <= tolerance) return;
        Doubtful++;
        double spread = again().Max(v => Math.Abs(v - expected));
        actual.ShouldBe(expected, tolerance + (4 * spread), $"{what} of\n{network.Source}");
    }

    private double Quotient(ReferencePass pass, string name, int element, double step)
    {
        return (At(step) - At(-step)) / (2 * step);

        double At(double change)
        {
            double[] values = (double[])pass.Parameters[name].Clone();
            values[element] += change;
            return reference.Loss(new ReferencePass(new Dictionary<string, double[]>(pass.Parameters) { [name] = values }, pass.Data, pass.Step, pass.Carried) { Constant = pass.Cuts });
        }
    }

    // A pass of its own: a copy would share what the pass leaves.
    private ReferencePass Moved()
        => new(at.Parameters.ToDictionary(p => p.Key, p => p.Value.Select(v => v * (1 + _dice.Between(-Noise, Noise))).ToArray()), at.Data, at.Step, at.Carried);
}
