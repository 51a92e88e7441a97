using System.Globalization;
using FastNets.Classification.Explanation;
using FastNets.Cli.Results;
using FastNets.Serialization;

namespace FastNets.Cli.Reports;

/// <summary>Why a series gets a class, as one page for a browser: no scripts, nothing from elsewhere.</summary>
internal static class ExplanationPage
{
    private const int MostKernels = 20;
    private const int MostChannels = 12;

    /// <summary>Writes the page to a file, which appears when it is whole.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="explained">The series and its explanation.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ExplainedSeries explained) => AtomicFile.Write(path, stream => Write(stream, explained));

    private static void Write(Stream stream, ExplainedSeries explained)
    {
        using var page = new PageWriter(stream);
        string title = $"Series {Whole(explained.Index)} of {Path.GetFileName(explained.Set.Name)}: what speaks for '{explained.ClassName}'";
        using PageWriter.Element html = page.Open("html", "lang", "en");
        using (page.Open("head"))
        {
            page.Empty("meta", "charset", "utf-8");
            page.Empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
            page.Text("title", title);
            page.Text("style", PageStyle.Sheet);
        }

        using PageWriter.Element body = page.Open("body");
        using PageWriter.Element main = page.Open("main");
        page.Text("h1", title);
        page.Text("p", explained.Model.Describe(), "class", "lead");
        WriteFigures(page, explained);
        WriteReading(page, explained);
        WriteSeries(page, explained);
        WriteParts(page, explained);
    }

    private static void WriteFigures(PageWriter page, ExplainedSeries explained)
    {
        PredictionExplanation explanation = explained.Explanation;
        using PageWriter.Element list = page.Open("dl");
        string score = explained.Predictions.ScoresOf(0)[explained.Predictions.ClassIndices[0]].ToString("0.000", CultureInfo.InvariantCulture);
        Figure("Predicted", $"{explained.Predicted} ({(explained.Predictions.IsProbability ? "probability" : "score")} {score})");
        if (explained.Label is { } label) Figure("In the file", label);
        Figure("Explained class", explained.ClassName);
        Figure("Decision", ExplanationView.Signed(explanation.Decision));
        Figure("Baseline", ExplanationView.Signed(explanation.Baseline));
        Figure("All contributions", ExplanationView.Signed(explained.Contribution));

        void Figure(string name, string value)
        {
            using PageWriter.Element figure = page.Open("div");
            page.Text("dt", name);
            page.Text("dd", value);
        }
    }

    private static void WriteReading(PageWriter page, ExplainedSeries explained)
    {
        page.Text("p", $"The decision for the class '{explained.ClassName}' ({explained.DecisionInWords}) is the baseline, what the model says of a series whose features are as expected, and what the parts of this series contribute. Each plot below divides up the same sum of contributions.");
        using PageWriter.Element keys = page.Open("p");
        Key("for", "speaks for the class");
        Key("against", "speaks against it");

        void Key(string style, string meaning)
        {
            using PageWriter.Element key = page.Open("span");
            page.Text("span", "\u00A0", "class", $"key {style}");
            page.Text("span", meaning + "\u2003");
        }
    }

    private static void WriteSeries(PageWriter page, ExplainedSeries explained)
    {
        PredictionExplanation explanation = explained.Explanation;
        TimeStretch stretch = explained.Strongest;
        var axis = new TimeAxis(explanation.Length);
        int[] channels = [.. Enumerable.Range(0, explanation.Channels).OrderByDescending(c => Weight(explanation, c)).Take(MostChannels).Order()];
        double largest = channels.Max(c => Strength.Largest(axis.Sums(explanation.OfChannel(c))));
        // Where nothing contributes all bars have length 0, whatever the unit is.
        var plot = new SeriesPlot(axis, largest > 0 ? largest : 1, stretch);
        page.Text("h2", "Time");
        page.Text("p", $"The series, coloured by what its time steps contribute, and their contributions as bars. Marked: the tenth of the series that says most, time steps {Whole(stretch.Start)} to {Whole(stretch.Start + stretch.Length - 1)}, with {ExplanationView.Signed(stretch.Contribution)}.", "class", "note");
        if (channels.Length < explanation.Channels) page.Text("p", $"Shown are the {MostChannels} channels of {Whole(explanation.Channels)} that contribute most.", "class", "note");
        foreach (int channel in channels)
        {
            string name = explanation.Channels == 1 ? "" : $"Channel {Whole(channel)}: {ExplanationView.Signed(explanation.ByChannel[channel])}";
            if (name.Length > 0) page.Text("p", name);
            plot.Write(page, $"The series and its contributions over time. {name}", explained.Set.Channel(0, channel), explanation.OfChannel(channel));
        }

        page.Text("h2", "Dilations over time");
        page.Text("p", "A row for each dilation, the distance in time steps between a kernel's taps: small ones see short shapes, large ones the course of the series.", "class", "note");
        HeatMap.Write(page, "What each dilation contributes at each time step", explanation, axis);
    }

    private static void WriteParts(PageWriter page, ExplainedSeries explained)
    {
        PredictionExplanation explanation = explained.Explanation;
        using PageWriter.Element pair = page.Open("div", "class", "pair");
        Chart("Dilations", "All features of a dilation.", [.. Enumerable.Range(0, explanation.Dilations.Length).Select(i => (Whole(explanation.Dilations[i]), explanation.ByDilation[i]))]);
        Chart(
            "Kernels",
            $"The {MostKernels} strongest of 84, named by their three taps (0 to 8) of weight 2.",
            [.. ExplainedSeries.StrongestOf(explanation.ByKernel, MostKernels).Select(k => (ExplainedSeries.KernelName(k), explanation.ByKernel[k]))]);
        if (explanation.Channels == 1) return;
        int[] channels = [.. ExplainedSeries.StrongestOf(explanation.ByChannel, MostKernels).Order()];
        string which = channels.Length < explanation.Channels ? $"The {MostKernels} strongest of {Whole(explanation.Channels)}." : "A kernel's contribution goes in equal parts to the channels that it adds up.";
        Chart("Channels", which, [.. channels.Select(c => (Whole(c), explanation.ByChannel[c]))]);

        void Chart(string title, string note, IReadOnlyList<(string Name, double Contribution)> rows)
        {
            using PageWriter.Element section = page.Open("section");
            page.Text("h2", title);
            page.Text("p", note, "class", "note");
            BarChart.Write(page, $"{title}: contributions", rows);
        }
    }

    private static double Weight(PredictionExplanation explanation, int channel)
    {
        double sum = 0;
        foreach (double value in explanation.OfChannel(channel)) sum += Math.Abs(value);
        return sum;
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
