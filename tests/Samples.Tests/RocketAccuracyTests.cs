using System.Globalization;
using FastNets.Data;
using FastNets.Tests.Shared;
using NUnit.Framework;
using RocketAccuracy;
using Shouldly;

namespace FastNets.Samples.Tests;

public class RocketAccuracyTests
{
    private static readonly Sample Sample = new(typeof(Measurement));

    [Test]
    public void It_prints_a_row_a_set_whatever_its_channels_and_lengths()
    {
        string[] lines = Sample.Run(SharedData.Path("data", "GunPoint"), SharedData.Path("data", "JapaneseVowels"), "2");
        lines.Length.ShouldBe(4);
        lines[2].ShouldStartWith("| GunPoint | 50 | 150 | 1 | 150 | 2 | ");
        lines[3].ShouldStartWith("| JapaneseVowels | 270 | 370 | 12 | 7 to 29 | 9 | ");
        foreach (string line in lines[2..]) double.Parse(line.Split('|')[7], CultureInfo.InvariantCulture).ShouldBeGreaterThan(0.95, line);
    }

    [Test]
    public void Another_split_has_as_many_series_of_each_class()
    {
        DataSet official = DataSet.Read(SharedData.Path("data", "JapaneseVowels"));
        official.Resample(0).ShouldBe(official);
        DataSet drawn = official.Resample(1);
        Counts(drawn.Train).ShouldBe(Counts(official.Train));
        Counts(drawn.Test).ShouldBe(Counts(official.Test));
        drawn.Train.Values.ToArray().ShouldNotBe(official.Train.Values.ToArray());
        (Sum(drawn.Train) + Sum(drawn.Test)).ShouldBe(Sum(official.Train) + Sum(official.Test), 1e-6);

        static int[] Counts(SeriesSet set) => [.. Enumerable.Range(0, set.Classes.Count).Select(label => set.Labels.Count(label))];
        static double Sum(SeriesSet set) => set.Values.ToArray().Sum(v => (double)v);
    }

    [Test]
    public void It_says_what_it_needs() => Sample.Run()[0].ShouldStartWith("Give folders of data sets");

    [Test]
    public void A_folder_without_files_is_passed_over() => Sample.Run("nowhere").Length.ShouldBe(2);
}
