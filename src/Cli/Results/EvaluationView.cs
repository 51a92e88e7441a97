using System.Globalization;
using FastNets.Classification;
using FastNets.Cli.Rendering;
using FastNets.Training.Metrics;

namespace FastNets.Cli.Results;

/// <summary>Shows how right a model is.</summary>
internal static class EvaluationView
{
    /// <summary>The name of the fact that matters most.</summary>
    public const string Important = "accuracy";

    // A matrix wider than most terminals is no use; the commonest mistakes then say more.
    private const int MostMatrixWidth = 78;
    private const int WidthBesideName = 3;
    private const int LeastNameWidth = 4;
    private const int MostMistakes = 10;

    /// <summary>The figures in short.</summary>
    /// <param name="evaluation">The figures.</param>
    public static IEnumerable<(string Name, string Value)> Facts(ClassifierEvaluation evaluation)
    {
        ClassificationReport report = evaluation.Report;
        yield return (Important, $"{Texts.Percent(report.Accuracy)} ({report.Confusion.Correct} of {report.Samples} right; always the commonest class: {Texts.Percent(report.MajorityBaseline)})");
        if (evaluation.Loss is { } loss) yield return ("loss", Texts.Loss(loss));
    }

    /// <summary>Shows the scores of each class and what was taken for what.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="report">The scores.</param>
    public static void ShowTables(IScreen screen, ClassificationReport report)
    {
        screen.Table(new ResultTable(
            "Classes",
            ["class", "precision", "recall", "F1", "series"],
            [.. report.Classes.Select(c => (string[])[c.Name, Texts.Percent(c.Precision), Texts.Percent(c.Recall), Texts.Percent(c.F1), Number(c.Support)])]));
        screen.Table(MatrixWidth(report) <= MostMatrixWidth ? Matrix(report) : Mistakes(report));
    }

    private static int MatrixWidth(ClassificationReport report)
    {
        int[] names = [.. report.Classes.Select(c => Math.Max(c.Name.Length, LeastNameWidth) + WidthBesideName)];
        return names.Max() + names.Sum() + 1;
    }

    private static ResultTable Matrix(ClassificationReport report)
    {
        int classes = report.Classes.Count;
        var rows = new List<IReadOnlyList<string>>();
        for (int label = 0; label < classes; label++)
            rows.Add([report.Classes[label].Name, .. Enumerable.Range(0, classes).Select(predicted => Number(report.Confusion[label, predicted]))]);
        return new ResultTable("Confusion (a row a class, a column a prediction)", ["class", .. report.Classes.Select(c => c.Name)], rows);
    }

    private static ResultTable Mistakes(ClassificationReport report)
    {
        int classes = report.Classes.Count;
        IEnumerable<(int Label, int Predicted, long Count)> mistakes =
            from label in Enumerable.Range(0, classes)
            from predicted in Enumerable.Range(0, classes)
            where label != predicted && report.Confusion[label, predicted] > 0
            orderby report.Confusion[label, predicted] descending, label, predicted
            select (label, predicted, report.Confusion[label, predicted]);
        return new ResultTable(
            "The commonest mistakes (--json has the whole confusion matrix)",
            ["class", "predicted", "series"],
            [.. mistakes.Take(MostMistakes).Select(m => (string[])[report.Classes[m.Label].Name, report.Classes[m.Predicted].Name, Number(m.Count)])]);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
