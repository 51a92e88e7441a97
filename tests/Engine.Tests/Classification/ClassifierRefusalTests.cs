using FastNets.Classification;
using FastNets.Data;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Classification.ClassifierCases;

namespace FastNets.Engine.Tests.Classification;

public sealed class ClassifierRefusalTests
{
    [Test]
    public void An_empty_set_is_refused()
        => Refused(new SeriesSet("nothing", 1, [], [], [], []), ClassifierKind.Ridge).ShouldBe("nothing: there is no series to train on.");

    [Test]
    public void Series_without_labels_are_refused()
        => Refused(new SeriesSet("unlabelled", 1, [9], new float[9], [], []), ClassifierKind.Ridge).ShouldContain("no labels");

    [Test]
    public void One_class_is_refused() => Refused(Plain(6, 20, 1), ClassifierKind.Head).ShouldContain("two or more classes");

    [Test]
    public void A_class_without_series_is_refused_by_name()
        => Refused(Plain(2, 20, 3), ClassifierKind.Ridge).ShouldContain("the class 'class 2' (2 of 0 to 2) has no series");

    [Test]
    public void Short_series_are_refused_where_MiniRocket_comes_first()
    {
        Refused(Plain(6, 8, 2), ClassifierKind.Ridge).ShouldContain("series 0 has 8 time steps, but at least 9 are needed");
        TimeSeriesClassifier.Train(Plain(6, 8, 2), null, new ClassifierOptions { Kind = ClassifierKind.Mlp, Epochs = 1 }).Classifier.Length.ShouldBe(8);
    }

    [Test]
    public void Short_series_are_refused_where_no_length_is_given_to_choose_dilations_for()
    {
        SeriesSet unequal = Waves(6, channels: 2, shortest: 3, longest: 8);
        Refused(unequal, ClassifierKind.Ridge).ShouldContain("the longest series has 8 time steps, but at least 9 are needed");
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(unequal, null, Quick(ClassifierKind.Ridge) with { ReferenceLength = 9 }).Classifier;
        classifier.Length.ShouldBe(9);
    }

    [Test]
    public void Unequal_lengths_are_refused_where_padding_is_switched_off()
        => Should.Throw<DataFormatException>(() => TimeSeriesClassifier.Train(Waves(6, 1, 20, 30), null, Quick(ClassifierKind.Ridge) with { AlwaysPads = false }, new MustNotStart()))
            .Message.ShouldContain("equal lengths are needed");

    [Test]
    public void A_reference_length_without_padding_is_refused()
        => Should.Throw<ArgumentException>(() => TimeSeriesClassifier.Train(Plain(6, 20, 2), null, Quick(ClassifierKind.Ridge) with { ReferenceLength = 30 }, new MustNotStart()))
            .Message.ShouldContain("ReferenceLength goes with AlwaysPads");

    [Test]
    public void Features_of_a_ridge_classifier_that_take_too_much_memory_are_refused_with_their_size()
    {
        var options = new ClassifierOptions { MaxFeatureBytes = (6 * 9996 * 4) - 1 };
        string message = Should.Throw<ArgumentException>(() => TimeSeriesClassifier.Train(Plain(6, 20, 2), null, options, new MustNotStart())).Message;
        message.ShouldContain("The features of 6 training series take 239904 bytes, more than the 239903 bytes that MaxFeatureBytes (--max-memory) allows");
        message.ShouldContain("Softmax");
        TimeSeriesClassifier.Train(Plain(6, 20, 2), null, options with { MaxFeatureBytes = 6 * 9996 * 4 }).Classifier.FeatureCount.ShouldBe(9996);
    }

    [Test]
    public void Unequal_lengths_are_refused_where_the_series_themselves_are_read()
        => Refused(new SeriesSet("unequal", 1, [10, 12], new float[22], [0, 1], ["a", "b"]), ClassifierKind.Mlp).ShouldContain("series 1 has 12 time steps, but series 0 has 10");

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void A_value_that_is_no_number_is_refused_with_its_place(float value)
    {
        float[] values = new float[40];
        values[27] = value;
        Refused(new SeriesSet("gap", 1, [20, 20], values, [0, 1], ["a", "b"]), ClassifierKind.Ridge).ShouldContain("series 1, position 7");
    }

    [Test]
    public void A_validation_set_of_another_length_is_refused_before_any_work()
        => Should.Throw<DataFormatException>(() => TimeSeriesClassifier.Train(Plain(6, 20, 2), Plain(6, 21, 2), Quick(ClassifierKind.Ridge), new MustNotStart()))
            .Message.ShouldContain("21 time steps");

    [Test]
    public void A_validation_set_with_an_unknown_class_is_refused_before_any_work()
        => Should.Throw<DataFormatException>(() => TimeSeriesClassifier.Train(Plain(6, 20, 2), Plain(6, 20, 3), Quick(ClassifierKind.Ridge), new MustNotStart()))
            .Message.ShouldContain("'class 2'");

    [Test]
    public void Validation_series_and_a_share_together_are_refused()
        => Should.Throw<ArgumentException>(() => TimeSeriesClassifier.Train(Plain(6, 20, 2), Plain(6, 20, 2), Quick(ClassifierKind.Ridge) with { ValidationFraction = 0.5 }));

    [Test]
    public void Nothing_to_hold_out_is_refused()
        => Should.Throw<DataFormatException>(() => TimeSeriesClassifier.Train(Plain(3, 20, 3), null, Quick(ClassifierKind.Ridge) with { ValidationFraction = 0.5 }))
            .Message.ShouldContain("none can be held out");

    private static IEnumerable<ClassifierOptions> BadOptions()
    {
        var head = new ClassifierOptions { Kind = ClassifierKind.Head };
        yield return new ClassifierOptions { Epochs = 3 };
        yield return new ClassifierOptions { Optimizer = OptimizerKind.Adam };
        yield return new ClassifierOptions { Features = 0 };
        yield return new ClassifierOptions { MaxDilationsPerKernel = 0 };
        yield return new ClassifierOptions { ValidationFraction = 1 };
        yield return new ClassifierOptions { ValidationFraction = double.NaN };
        yield return new ClassifierOptions { Kind = (ClassifierKind)99 };
        yield return new ClassifierOptions { Preprocessing = (SeriesPreprocessing)99 };
        yield return new ClassifierOptions { AlwaysPads = true, ReferenceLength = 8 };
        yield return new ClassifierOptions { MaxFeatureBytes = 0 };
        yield return new ClassifierOptions { Kind = ClassifierKind.Mlp, Deterministic = true };
        yield return new ClassifierOptions { Kind = ClassifierKind.Mlp, AlwaysPads = true };
        yield return new ClassifierOptions { Kind = ClassifierKind.Mlp, ReferenceLength = 20 };
        yield return new ClassifierOptions { Kind = ClassifierKind.Mlp, MaxFeatureBytes = 1 << 30 };
        yield return head with { Optimizer = (OptimizerKind)99 };
        yield return head with { Epochs = 0 };
        yield return head with { BatchSize = 0 };
        yield return head with { BatchSize = 1 };
        yield return head with { LearningRate = 0 };
        yield return head with { LearningRate = float.NaN };
    }

    [TestCaseSource(nameof(BadOptions))]
    public void An_option_out_of_range_is_refused_before_any_work(ClassifierOptions options)
        => Should.Throw<ArgumentException>(() => TimeSeriesClassifier.Train(Plain(6, 20, 2), null, options, new MustNotStart())).ParamName.ShouldBe("options");

    private static string Refused(SeriesSet set, ClassifierKind kind)
        => Should.Throw<DataFormatException>(() => TimeSeriesClassifier.Train(set, null, new ClassifierOptions { Kind = kind }, new MustNotStart())).Message;

    private sealed class MustNotStart : ClassifierCallback
    {
        public override void OnPhaseStart(ClassifierPhase phase) => throw new InvalidOperationException($"{phase} was started.");
    }
}
