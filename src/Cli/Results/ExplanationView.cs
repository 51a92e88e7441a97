using System.Globalization;
using FastNets.Classification.Explanation;
using FastNets.Cli.Rendering;

namespace FastNets.Cli.Results;

/// <summary>Shows why a series gets a class.</summary>
internal static class ExplanationView
{
    private const int MostRows = 5;
    private const string Important = "decision";

    /// <summary>Shows it.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="explained">The series and its explanation.</param>
    /// <param name="written">The files that were written.</param>
    public static void Show(IScreen screen, ExplainedSeries explained, IReadOnlyList<string> written)
    {
        PredictionExplanation explanation = explained.Explanation;
        screen.Table(Strongest("Dilations", "dilation", explanation.ByDilation, i => Whole(explanation.Dilations[i])));
        screen.Table(Strongest("Kernels (the three taps of weight 2)", "kernel", explanation.ByKernel, ExplainedSeries.KernelName));
        if (explanation.Channels > 1) screen.Table(Strongest("Channels", "channel", explanation.ByChannel, Whole));

        TimeStretch stretch = explained.Strongest;
        string label = explained.Label is { } known ? $", in the file '{known}'" : "";
        var facts = new List<(string Name, string Value)>
        {
            ("model", explained.Model.Describe()),
            ("series", $"{Whole(explained.Index)} of {explained.Set.Name}: predicted '{explained.Predicted}'{label}"),
            ("explained", $"the decision for the class '{explained.ClassName}'; above 0 speaks for it, below 0 against it"),
            (Important, $"{Signed(explanation.Decision)} ({explained.DecisionInWords}) = baseline {Signed(explanation.Baseline)}, contributions {Signed(explained.Contribution)}"),
            ("tells most", $"time steps {Whole(stretch.Start)} to {Whole(stretch.Start + stretch.Length - 1)} of 0 to {Whole(explanation.Length - 1)}: {Signed(stretch.Contribution)}"),
        };
        if (written.Count > 0) facts.Add(("written", string.Join(", ", written)));
        screen.Facts(facts, Important);
    }

    /// <summary>A contribution with its sign, such as <c>+0.1234</c>.</summary>
    /// <param name="value">The contribution.</param>
    public static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    private static ResultTable Strongest(string title, string column, ReadOnlySpan<double> values, Func<int, string> name)
    {
        double[] copy = values.ToArray();
        int[] rows = ExplainedSeries.StrongestOf(values, MostRows);
        string which = rows.Length < copy.Length ? $"{title}, the strongest {Whole(rows.Length)} of {Whole(copy.Length)}" : title;
        return new ResultTable(which, [column, "contribution"], [.. rows.Select(i => (string[])[name(i), Signed(copy[i])])]);
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
