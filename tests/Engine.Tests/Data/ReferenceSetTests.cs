using FastNets.Data;
using FastNets.Tests.Shared;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

/// <summary>Reads every reference data set and compares with what its archive publishes.</summary>
public class ReferenceSetTests
{
    [TestCase("ECG5000", "txt", 500, 4500, 140, 140, 1, 5)]
    [TestCase("ECGFiveDays", "txt", 23, 861, 136, 136, 1, 2)]
    [TestCase("ArrowHead", "ts", 36, 175, 251, 251, 1, 3)]
    [TestCase("GunPoint", "ts", 50, 150, 150, 150, 1, 2)]
    [TestCase("ItalyPowerDemand", "ts", 67, 1029, 24, 24, 1, 2)]
    [TestCase("PickupGestureWiimoteZ", "ts", 50, 50, 29, 361, 1, 10)]
    [TestCase("EOGHorizontalSignal", "tsv.gz", 362, 362, 1250, 1250, 1, 12)]
    [TestCase("FacesUCR", "tsv.gz", 200, 2050, 131, 131, 1, 14)]
    [TestCase("ShapesAll", "tsv.gz", 600, 600, 512, 512, 1, 60)]
    [TestCase("PhalangesOutlinesCorrect", "ts.gz", 1800, 858, 80, 80, 1, 2)]
    [TestCase("BasicMotions", "ts", 40, 40, 100, 100, 6, 4)]
    [TestCase("JapaneseVowels", "ts", 270, 370, 7, 29, 12, 9)]
    [TestCase("NATOPS", "ts.gz", 180, 180, 51, 51, 24, 6)]
    [TestCase("LSST", "ts.gz", 2459, 2466, 36, 36, 6, 14)]
    public void Reads_what_the_archive_publishes(string name, string extension, int train, int test, int minLength, int maxLength, int channels, int classes)
    {
        SeriesSet trainSet = SeriesFile.Read(SharedData.Path("data", name, $"{name}_TRAIN.{extension}")).RequireTrainable();
        SeriesSet testSet = SeriesFile.Read(SharedData.Path("data", name, $"{name}_TEST.{extension}")).RequireFinite();

        trainSet.Count.ShouldBe(train);
        testSet.Count.ShouldBe(test);
        Math.Min(trainSet.MinLength, testSet.MinLength).ShouldBe(minLength);
        Math.Max(trainSet.MaxLength, testSet.MaxLength).ShouldBe(maxLength);
        trainSet.Channels.ShouldBe(channels);
        testSet.Channels.ShouldBe(channels);
        trainSet.Classes.Count.ShouldBe(classes);
        testSet.WithClasses(trainSet.Classes).Classes.ShouldBe(trainSet.Classes);
    }

    [Test]
    public void Orders_and_counts_the_classes_of_ECG5000()
    {
        SeriesSet set = SeriesFile.Read(SharedData.Path("data", "ECG5000", "ECG5000_TEST.txt"));
        set.Classes.ShouldBe(["1", "2", "3", "4", "5"]);
        int[] counts = new int[5];
        foreach (int label in set.Labels) counts[label]++;
        counts.ShouldBe([2627, 1590, 86, 175, 22]);
        set.LineOf(0).ShouldBe(1);
        set.LineOf(4499).ShouldBe(4500);
    }

    [Test]
    public void Reads_the_values_of_a_multivariate_set_where_they_belong()
    {
        SeriesSet set = SeriesFile.Read(SharedData.Path("data", "BasicMotions", "BasicMotions_TRAIN.ts"));
        set.Classes.ShouldBe(["Badminton", "Running", "Standing", "Walking"]);
        set.Classes[set.Labels[0]].ShouldBe("Standing");
        set.Channel(0, 0)[..5].ToArray().ShouldBe([0.079106f, 0.079106f, -0.903497f, 1.116125f, 1.6382f]);
    }

    [Test]
    public void Reads_images_with_the_labels_beside_them()
    {
        SeriesSet set = SeriesFile.Read(SharedData.Path("data", "mnist", "t10k-images-idx3-ubyte.gz"));
        set.Count.ShouldBe(10_000);
        set.MinLength.ShouldBe(28 * 28);
        set.IsEqualLength.ShouldBeTrue();
        set.Classes.ShouldBe(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
        set.Labels[..5].ToArray().ShouldBe([7, 2, 1, 0, 4]);
        set.Series(0).ToArray().Max().ShouldBe(255f);
        SeriesFile.Read(SharedData.Path("data", "mnist", "train-images-idx3-ubyte.gz")).Count.ShouldBe(60_000);
    }
}
