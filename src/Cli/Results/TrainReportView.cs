using FastNets.Cli.Rendering;
using FastNets.Data;
using FastNets.Training;

namespace FastNets.Cli.Results;

/// <summary>Shows what a training run gave.</summary>
internal static class TrainReportView
{
    /// <summary>Shows it.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="report">What the run gave.</param>
    public static void Show(IScreen screen, TrainReport report)
    {
        if (report.Test is { } test) EvaluationView.ShowTables(screen, test.Report);
        var facts = new List<(string Name, string Value)>
        {
            ("model", report.Model.Describe()),
            ("trained on", Sizes(report.Sets.Train)),
        };
        if (report.Sets.Test is { } set) facts.Add(("tested on", Sizes(set)));
        if (report.Training.History is { Epochs: [.., var last] }) facts.Add(("training", $"loss {Texts.Loss(last.Loss)}{Accuracy(last)} in the last epoch"));
        if (report.Training.ValidationAccuracy is { } validation) facts.Add(("validation", $"accuracy {Texts.Percent(validation)}"));
        if (report.Test is { } figures) facts.AddRange(EvaluationView.Facts(figures));
        else facts.Add(("accuracy", "not measured: --test names series to measure on"));
        facts.Add(("time", Times(report)));
        if (report.Output is not null) facts.Add(("written", report.Output));
        screen.Facts(facts, EvaluationView.Important);
    }

    private static string Accuracy(EpochRecord epoch) => epoch.Accuracy is { } accuracy ? $", accuracy {Texts.Percent(accuracy)}" : "";

    private static string Sizes(SeriesSet set) => $"{Texts.Sizes(set)}, {set.Classes.Count} classes ({set.Name})";

    private static string Times(TrainReport report)
    {
        PhaseTimes seconds = report.Seconds;
        var parts = new List<string> { $"read {Texts.Seconds(seconds.Read)}" };
        if (report.Model.HasRocket)
        {
            parts.Add($"fit MiniRocket {Texts.Seconds(seconds.Train.FitTransform)}");
            parts.Add($"transform {Texts.Seconds(seconds.Train.Transform)}");
        }

        parts.Add($"train {Texts.Seconds(seconds.Train.FitHead)}");
        if (report.Test is not null) parts.Add($"test {Texts.Seconds(seconds.Test)}");
        return $"{Texts.Seconds(seconds.Total)} ({string.Join(", ", parts)})";
    }
}
