using FastNets.Data;
using FastNets.Memory;
using FastNets.Random;
using FastNets.Serialization;
using FastNets.Tests.Shared;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class StandardScalerTests
{
    [Test]
    public void Scales_each_series_by_itself_and_makes_a_constant_one_zeros()
    {
        SeriesSet set = StandardScaler.PerSeries(Text.Read("@data\n1,2,3:5,5,5:a\n0.1,0.1,0.1,0.1:2,4,6,8:b\n"));
        float end = (float)(1 / Math.Sqrt(2.0 / 3));
        set.Channel(0, 0).ToArray().ShouldBe([-end, 0f, end]);
        set.Channel(0, 1).ToArray().ShouldBe([0f, 0f, 0f]);
        set.Channel(1, 0).ToArray().ShouldBe([0f, 0f, 0f, 0f]);
        set.Channel(1, 1).ToArray().Sum().ShouldBe(0f, 1e-6f);
        Text.Names(set).ShouldBe(["a", "b"]);
        set.LineOf(1).ShouldBe(3);
    }

    [Test]
    public void Scales_each_channel_by_what_was_measured_in_training()
    {
        SeriesSet training = Text.Read("@data\n1,2:10,10:a\n3,4,5:10,10,10:b\n");
        StandardScaler scaler = StandardScaler.Fit(training);
        scaler.Means.ToArray().ShouldBe([3.0, 10.0]);
        scaler.Scales.ToArray().ShouldBe([Math.Sqrt(2), 1.0]);
        SeriesSet test = scaler.Apply(Text.Read("@data\n3,7:10,12:a\n"));
        test.Channel(0, 0).ToArray().ShouldBe([0f, (float)(4 / Math.Sqrt(2))]);
        test.Channel(0, 1).ToArray().ShouldBe([0f, 2f]);
        Should.Throw<ArgumentException>(() => scaler.Apply(Text.Read("1,2,3\n"))).Message.ShouldContain("1 channels, but the scaler 2");
        Should.Throw<DataFormatException>(() => StandardScaler.Fit(Text.Read("1,?,3\n"))).Message.ShouldContain("missing");
        Should.Throw<DataFormatException>(() => StandardScaler.PerSeries(Text.Read("1,?,3\n")));
    }

    [Test]
    public void Measures_columns_as_the_plain_formula_does([Values(1, 5, 8, 15, 16, 33)] int columns)
    {
        const int Rows = 40;
        var random = new PhiloxStream(9, (ulong)columns);
        using var features = new FeatureMatrix(Rows, columns);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < columns; column++) features.Row(row)[column] = column % 5 == 4 ? 0.1f : (float)random.NextNormal() + column;
        }

        StandardScaler scaler = StandardScaler.Fit(features);
        StandardScaler uncentred = StandardScaler.Fit(features, center: false);
        for (int column = 0; column < columns; column++)
        {
            double[] values = [.. Enumerable.Range(0, Rows).Select(row => (double)features.Row(row)[column])];
            double mean = values.Average();
            double scale = column % 5 == 4 ? 1 : Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
            scaler.Means[column].ShouldBe(mean, 1e-12);
            scaler.Scales[column].ShouldBe(scale, 1e-12);
            uncentred.Means[column].ShouldBe(0);
            uncentred.Scales[column].ShouldBe(scaler.Scales[column]);
        }

        float before = features.Row(3)[0];
        scaler.Apply(features);
        features.Row(3)[0].ShouldBe((float)((before - scaler.Means[0]) / scaler.Scales[0]));
    }

    [Test]
    public void Rows_given_piece_by_piece_are_measured_as_those_of_a_matrix([Values(1, 3, 40)] int piece, [Values] bool center)
    {
        const int Columns = 37;
        using var features = new FeatureMatrix(40, Columns);
        var random = new PhiloxStream(4, 0);
        for (int row = 0; row < features.Rows; row++)
        {
            for (int column = 0; column < Columns; column++) features.Row(row)[column] = 1000 + (float)random.NextNormal();
        }

        StandardScaler whole = StandardScaler.Fit(features, center);
        StandardScaler pieces = StandardScaler.Fit(Columns, take =>
        {
            for (int row = 0; row < features.Rows; row += piece) take(features.Buffer.Span(row * Columns, Math.Min(piece, features.Rows - row) * Columns));
        }, center);
        pieces.Means.ToArray().ShouldBe(whole.Means.ToArray());
        pieces.Scales.ToArray().ShouldBe(whole.Scales.ToArray());
    }

    [Test]
    public void Rows_that_cannot_be_measured_are_refused()
    {
        Should.Throw<ArgumentException>(() => StandardScaler.Fit(2, _ => { })).Message.ShouldContain("no row");
        Should.Throw<ArgumentException>(() => StandardScaler.Fit(2, take => take([1, 2, 3]))).Message.ShouldContain("3 features do not fill whole rows of 2");
        Should.Throw<ArgumentException>(() => StandardScaler.Fit(2, take => take([1, float.NaN]))).Message.ShouldContain("Column 1");
        int rows = 0;
        Should.Throw<ArgumentException>(() => StandardScaler.Fit(1, take => take(new float[++rows]))).Message.ShouldContain("The first pass gave 1 rows, but the second 2");
    }

    [TestCase("arrowhead")]
    [TestCase("ecg5000")]
    [TestCase("gunpoint")]
    [TestCase("italypowerdemand")]
    public void Agrees_with_scikit_learn(string name)
    {
        SafetensorsFile golden = SafetensorsFile.Read(SharedData.Path("golden", "ridge", $"{name}.safetensors"));
        using FeatureMatrix features = FeatureMatrix.FromValues(golden.Float32("x_train"), (int)golden.Entry("x_train").Shape[1]);
        StandardScaler scaler = StandardScaler.Fit(features, center: false);
        ReadOnlySpan<float> expected = golden.Float32("scale");
        for (int i = 0; i < expected.Length; i++) scaler.Scales[i].ShouldBe(expected[i], 1e-6 * expected[i]);
    }

    [Test]
    public void Refuses_what_cannot_be_measured()
    {
        using FeatureMatrix bad = FeatureMatrix.FromValues([1, float.NaN, 2, 3], 2);
        Should.Throw<ArgumentException>(() => StandardScaler.Fit(bad)).Message.ShouldContain("Column 1");
        using var empty = new FeatureMatrix(0, 2);
        Should.Throw<ArgumentException>(() => StandardScaler.Fit(empty)).Message.ShouldContain("no row");
        Should.Throw<ArgumentException>(() => new StandardScaler([0], [0]));
        Should.Throw<ArgumentException>(() => new StandardScaler([0], [1, 1]));
        Should.Throw<ArgumentException>(() => new StandardScaler([double.NaN], [1]));
        Should.Throw<ArgumentException>(() => new StandardScaler([0], [1]).Apply(bad)).Message.ShouldContain("2 columns, but the scaler 1");
        Should.Throw<ArgumentException>(() => new StandardScaler([0], [1]).Apply(new float[2].AsSpan()));
    }
}
