namespace FastNets.Tests.Shared.Reference;

/// <summary>The activations in double precision, by their definitions; derivatives by the input.</summary>
public static class ReferenceActivations
{
    private const double Alpha = 1.6732632423543772848170429916717;
    private const double Lambda = 1.0507009873554804934193349852946;

    public static double Forward(string name, double x) => name switch
    {
        "Identity" => x,
        "Relu" => Math.Max(x, 0),
        "LeakyRelu" => x > 0 ? x : 0.01 * x,
        "Elu" => x > 0 ? x : ExpMinusOne(x),
        "Selu" => Lambda * (x > 0 ? x : Alpha * ExpMinusOne(x)),
        "Silu" => x / (1 + Math.Exp(-x)),
        "Softplus" => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x))),
        "Sigmoid" => 1 / (1 + Math.Exp(-x)),
        "Tanh" => Math.Tanh(x),
        "Gelu" => 0.5 * x * (1 + Erf(x / Math.Sqrt(2))),
        "GeluTanh" => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        _ => throw new ArgumentException(name),
    };

    public static double Derivative(string name, double x)
    {
        double s = 1 / (1 + Math.Exp(-x));
        switch (name)
        {
            case "Identity": return 1;
            case "Relu": return x > 0 ? 1 : 0;
            case "LeakyRelu": return x > 0 ? 1 : 0.01;
            case "Elu": return x > 0 ? 1 : Math.Exp(x);
            case "Selu": return Lambda * (x > 0 ? 1 : Alpha * Math.Exp(x));
            case "Silu": return s * (1 + (x * (1 - s)));
            case "Softplus": return s;
            case "Sigmoid": return s * (1 - s);
            case "Tanh": return 1 - (Math.Tanh(x) * Math.Tanh(x));
            case "Gelu": return (0.5 * (1 + Erf(x / Math.Sqrt(2)))) + (x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));
            case "GeluTanh":
                double root = Math.Sqrt(2 / Math.PI);
                double t = Math.Tanh(root * (x + (0.044715 * x * x * x)));
                return (0.5 * (1 + t)) + (0.5 * x * (1 - (t * t)) * root * (1 + (3 * 0.044715 * x * x)));
            default: throw new ArgumentException(name);
        }
    }

    /// <summary>The error function: its series near 0, its continued fraction further out.</summary>
    public static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (a > 6) return Math.Sign(x);
        if (a < 2.5)
        {
            double term = x;
            double sum = x;
            for (int n = 1; n < 200 && Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
            {
                term *= -x * x / n;
                sum += term / ((2 * n) + 1);
            }

            return 2 / Math.Sqrt(Math.PI) * sum;
        }

        double fraction = a;
        for (int n = 120; n >= 1; n--) fraction = a + (0.5 * n / fraction);
        return Math.Sign(x) * (1 - (Math.Exp(-a * a) / (fraction * Math.Sqrt(Math.PI))));
    }

    // Kahan's ways around the cancellation.
    private static double ExpMinusOne(double x)
    {
        double u = Math.Exp(x);
        if (u == 1) return x;
        return u - 1 == -1 ? -1 : (u - 1) * x / Math.Log(u);
    }

    private static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }
}
