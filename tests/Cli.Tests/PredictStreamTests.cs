using System.Globalization;
using FastNets.Classification;
using FastNets.Cli.Input;
using FastNets.Cli.Tests.Support;
using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary><c>fastnets predict --stream</c>.</summary>
public class PredictStreamTests
{
    private Workspace _space = null!;
    private string _model = null!;
    private float[] _samples = null!;
    private int _window;

    [OneTimeSetUp]
    public void SetUp()
    {
        _space = new Workspace();
        _model = _space.TrainModel();
        SeriesSet test = SeriesFile.Read(_space.Test);
        _window = test.MaxLength;
        _samples = test.Values[..(3 * _window)].ToArray();
    }

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [TestCase(1)]
    [TestCase(7)]
    public void Windows_are_answered_as_they_are_by_themselves(int every)
    {
        string[] lines = Fastnets.RunWithInput(Lines(), "predict", _model, "-", "--stream", "--every", $"{every}").ShouldBeDone().Out.TrimEnd().Split('\n');
        lines[0].ShouldBe("sample,predicted,score_bell,score_cylinder,score_funnel");
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Load(_model);
        int line = 1;
        for (int last = _window - 1; last < _samples.Length; last += every, line++)
        {
            string[] fields = lines[line].Split(',');
            fields[0].ShouldBe($"{last}");
            fields[1].ShouldBe(classifier.Classes[classifier.Predict(_samples.AsSpan(last + 1 - _window, _window))]);
        }

        lines.Length.ShouldBe(line);
    }

    [Test]
    public void A_file_of_samples_gets_the_answers_of_standard_input()
    {
        string file = _space.Path("samples.txt");
        File.WriteAllText(file, Lines());
        string expected = Fastnets.RunWithInput(Lines(), "predict", _model, "-", "--stream").ShouldBeDone().Out;
        Fastnets.Run("predict", _model, file, "--stream").ShouldBeDone().Out.ShouldBe(expected);
        Fastnets.Run("predict", _model, file, "--stream", "--out", _space.Path("answers.csv"), "--quiet").ShouldBeDone();
        File.ReadAllText(_space.Path("answers.csv")).ShouldBe(expected);
    }

    [Test]
    public void Too_few_samples_get_no_answer_and_it_says_so()
    {
        CliResult result = Fastnets.RunWithInput("1\n2\n", "predict", _model, "-", "--stream").ShouldBeDone();
        result.Out.Trim().Split('\n').Length.ShouldBe(1);
        result.Error.ShouldContain($"2 samples do not fill a window of {_window}");
    }

    [Test]
    public void A_bad_sample_is_named()
    {
        (Fastnets.RunWithInput("1\n2,3\n", "predict", _model, "-", "--stream") with { Out = "" }).ShouldBeRefused(Fastnets.BadInput, "standard input(2)", "more than 1 values", "samples of 1");
        string file = _space.Path("bad.txt");
        File.WriteAllText(file, "1\nx\n");
        (Fastnets.Run("predict", _model, file, "--stream") with { Out = "" }).ShouldBeRefused(Fastnets.BadInput, "bad.txt(2)", "'x'");
        Fastnets.Run("predict", _model, _space.Path("none.txt"), "--stream").ShouldBeRefused(Fastnets.BadInput, "none.txt", "no such file");
    }

    [Test]
    public void A_bad_sample_leaves_the_answers_before_it()
    {
        string output = _space.Path("until_bad.csv");
        string expected = Fastnets.RunWithInput(Lines(), "predict", _model, "-", "--stream").ShouldBeDone().Out;
        Fastnets.RunWithInput(Lines() + "x\n", "predict", _model, "-", "--stream", "--out", output)
            .ShouldBeRefused(Fastnets.BadInput, "'x'", "the answers so far are in", "until_bad.csv");
        File.ReadAllText(output).ShouldBe(expected);
    }

    [Test]
    public void Stopping_leaves_the_answers_so_far()
    {
        string output = _space.Path("until_stop.csv");
        string expected = Fastnets.RunWithInput(Lines(), "predict", _model, "-", "--stream").ShouldBeDone().Out;
        using var stop = new CancellationTokenSource();
        using var input = new StoppingReader(Lines(), stop);
        using var error = new StringWriter();
        CliApp.Run(["predict", _model, "-", "--stream", "--out", output], new CliStreams(input, TextWriter.Null, error, false, false), stop.Token).ShouldBe(130);
        error.ToString().ShouldContain($"stopped; the answers so far are in {output}.");
        string answers = File.ReadAllText(output);
        answers.ShouldEndWith("\n");
        expected.ShouldStartWith(answers);
        answers.Split('\n').Length.ShouldBeGreaterThan(2);
    }

    [Test]
    public void Stopping_before_the_first_answer_leaves_the_output_as_it_was()
    {
        string output = _space.Write("kept.csv", "kept");
        using var stop = new CancellationTokenSource();
        using var input = new StoppingReader("1\n", stop);
        using var error = new StringWriter();
        CliApp.Run(["predict", _model, "-", "--stream", "--out", output], new CliStreams(input, TextWriter.Null, error, false, false), stop.Token).ShouldBe(130);
        error.ToString().ShouldContain("no file was changed");
        File.ReadAllText(output).ShouldBe("kept");
    }

    [Test]
    public void A_text_that_cannot_be_read_is_named()
    {
        using var reader = new StoppingReader("", null);
        Should.Throw<IOException>(() => new SeriesLines(1, 1, "samples.txt").Read(reader, CancellationToken.None).ToList()).Message.ShouldStartWith("samples.txt cannot be read");
    }

    [Test]
    public void Options_that_do_not_go_together_are_refused()
    {
        Fastnets.Run("predict", _model, _space.Test, "--every", "2").ShouldBeRefused(Fastnets.Usage, "--every goes with --stream");
        Fastnets.RunWithInput("", "predict", _model, "-", "--stream", "--missing", "interpolate").ShouldBeRefused(Fastnets.Usage, "--missing");
        Fastnets.RunWithInput("", "predict", _model, "-", "--stream", "--every", "0").ShouldBeRefused(Fastnets.Usage, "--every");
    }

    private string Lines() => string.Concat(_samples.Select(value => value.ToString("R", CultureInfo.InvariantCulture) + "\n"));
}
