using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

/// <summary>Sources of series that are not in files.</summary>
public class SeriesReaderSourcesTests
{
    [Test]
    public void Sets_come_one_after_another_in_pieces_of_any_size()
    {
        for (int most = 1; most < 9; most++)
        {
            using SeriesReader reader = SeriesReader.From("made", Sets(), count: 10);
            reader.Count.ShouldBe(10);
            reader.Channels.ShouldBeNull();
            List<float> firsts = [];
            while (reader.ReadNext(most) is { } piece)
            {
                piece.Count.ShouldBeInRange(1, most);
                for (int i = 0; i < piece.Count; i++) firsts.Add(piece.Series(i)[0]);
                Should.Throw<DataFormatException>(() => piece.RequireMinLength(3)).Message.ShouldContain($"series {reader.Position - piece.Count} has 2");
            }

            firsts.ShouldBe(Enumerable.Range(0, 10).Select(i => (float)i));
            reader.Channels.ShouldBe(1);
        }
    }

    [Test]
    public void Sets_are_skipped()
    {
        using SeriesReader reader = SeriesReader.From("made", Sets());
        reader.Skip(5).ShouldBe(5);
        SeriesSet piece = reader.ReadNext(1)!;
        piece.Series(0)[0].ShouldBe(5f);
        piece.Classes[piece.Labels[0]].ShouldBe("odd");
        reader.Skip(100).ShouldBe(4);
        reader.ReadNext(1).ShouldBeNull();
    }

    [Test]
    public void Sets_of_other_channels_are_refused()
    {
        using SeriesReader reader = SeriesReader.From("made", [new SeriesSet("a", 1, [2], new float[2], [], []), new SeriesSet("b", 2, [2], new float[4], [], [])]);
        reader.ReadNext(5)!.Count.ShouldBe(1);
        Should.Throw<DataFormatException>(() => reader.ReadNext(5)).Message.ShouldContain("made: a set has 2 channels");
    }

    [Test]
    public void Nothing_is_a_source_too()
    {
        using SeriesReader none = SeriesReader.From("none", []);
        none.ReadNext(1).ShouldBeNull();
        none.Skip(1).ShouldBe(0);
        using SeriesReader made = SeriesReader.Generate("none", (_, _) => null);
        made.ReadNext(1).ShouldBeNull();
    }

    [Test]
    public void Series_are_made_when_they_are_read_and_not_when_they_are_skipped()
    {
        List<(long, int)> asked = [];
        using SeriesReader reader = SeriesReader.Generate("walks", (first, most) =>
        {
            asked.Add((first, most));
            return new SeriesSet("walks", 1, [1, 1], [first, first + 1], [], []);
        }, count: 10);
        reader.Skip(4).ShouldBe(4);
        reader.ReadNext(3)!.Series(1)[0].ShouldBe(5f);
        reader.Skip(2).ShouldBe(2);
        reader.ReadNext(3)!.Count.ShouldBe(2);
        reader.ReadNext(3).ShouldBeNull();
        reader.Skip(3).ShouldBe(0);
        asked.ShouldBe([(4L, 3), (8L, 2)]);
    }

    [Test]
    public void More_series_than_asked_for_are_a_mistake()
    {
        using SeriesReader reader = SeriesReader.Generate("many", (_, _) => new SeriesSet("many", 1, [1, 1], [1, 2], [], []));
        Should.Throw<InvalidOperationException>(() => reader.ReadNext(1)).Message.ShouldContain("2 series were made where at most 1");
    }

    [Test]
    public void Wrong_arguments_are_named()
    {
        using SeriesReader reader = SeriesReader.From("none", []);
        Should.Throw<ArgumentOutOfRangeException>(() => reader.ReadNext(0));
        Should.Throw<ArgumentOutOfRangeException>(() => reader.Skip(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => SeriesReader.From("none", [], count: -1));
    }

    // Ten series of two steps in sets of 3, 0, 5 and 2.
    private static IEnumerable<SeriesSet> Sets()
    {
        int next = 0;
        foreach (int count in new[] { 3, 0, 5, 2 })
        {
            int first = next;
            next += count;
            yield return new SeriesSet(
                "part", 1, [.. Enumerable.Repeat(2, count)], [.. Enumerable.Range(first, count).SelectMany(i => new float[] { i, 0 })],
                [.. Enumerable.Range(first, count).Select(i => i % 2)], ["even", "odd"]);
        }
    }
}
