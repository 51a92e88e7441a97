using FastNets.Data;
using FastNets.Engine.Tests.Serialization;
using FastNets.Memory;
using FastNets.Rocket;
using FastNets.Serialization;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket;

/// <summary>The transform of sources that may be larger than memory.</summary>
public sealed class MiniRocketSourceTests
{
    private const int Count = 23;
    private const int Length = 20;

    private readonly SeriesSet _set = RocketCases.RandomWalks(Count, Length);
    private readonly MiniRocket _rocket = MiniRocket.Fit(RocketCases.RandomWalks(3, Length, seed: 2), new MiniRocketOptions { Features = 168 });

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(4)]
    [TestCase(23)]
    [TestCase(100)]
    public void Chunks_come_in_order_and_equal_the_whole(int rowsPerChunk)
    {
        using FeatureMatrix whole = _rocket.Transform(_set);
        var reports = new Reports();
        long next = 0;
        using SeriesReader source = Source();
        TransformProgress done = _rocket.TransformChunks(
            source,
            (first, rows, features) =>
            {
                first.ShouldBe(next);
                if (rowsPerChunk > 0) rows.ShouldBe((int)Math.Min(rowsPerChunk, Count - first));
                for (int i = 0; i < rows; i++) features.Slice(i * 168, 168).SequenceEqual(whole.Row((int)first + i)).ShouldBeTrue($"row {first + i}");
                next += rows;
            },
            new TransformStreamOptions { RowsPerChunk = rowsPerChunk, Progress = reports });
        next.ShouldBe(Count);
        done.ShouldBe(new TransformProgress(Count, Count, Count * 168L * sizeof(float)));
        reports[0].SeriesDone.ShouldBe(0);
        reports[^1].ShouldBe(done);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void The_file_is_the_same_whether_the_number_of_series_is_known_or_not(bool known)
    {
        using var folder = new TemporaryFolder();
        _rocket.TransformToNpy(_set, folder.File("whole.npy"));
        using SeriesReader source = Source(known);
        TransformProgress done = _rocket.TransformToNpy(source, folder.File("pieces.npy"), new TransformStreamOptions { RowsPerChunk = 5 });
        byte[] file = File.ReadAllBytes(folder.File("pieces.npy"));
        file.ShouldBe(File.ReadAllBytes(folder.File("whole.npy")));
        done.BytesWritten.ShouldBe(file.Length);
        Directory.GetFiles(folder.Path).Length.ShouldBe(2);
    }

    [Test]
    public void A_text_file_is_transformed_to_the_same_bytes_as_its_whole_set()
    {
        using var folder = new TemporaryFolder();
        SeriesFile.Write(folder.File("set.tsv.gz"), _set);
        using (SeriesReader source = SeriesFile.Open(folder.File("set.tsv.gz"), new SeriesFileOptions { Csv = new CsvOptions { Label = LabelColumn.None } }))
            _rocket.TransformToNpy(source, folder.File("pieces.npy"), new TransformStreamOptions { RowsPerChunk = 3 });
        _rocket.TransformToNpy(_set, folder.File("whole.npy"));
        File.ReadAllBytes(folder.File("pieces.npy")).ShouldBe(File.ReadAllBytes(folder.File("whole.npy")));
    }

    [Test]
    public void No_series_make_a_file_of_no_rows()
    {
        using var folder = new TemporaryFolder();
        using SeriesReader none = SeriesReader.From("none", []);
        _rocket.TransformToNpy(none, folder.File("none.npy")).SeriesDone.ShouldBe(0);
        using FileStream stream = File.OpenRead(folder.File("none.npy"));
        var reader = new NpyReader(stream, "none.npy");
        reader.Next().ShouldBeTrue();
        reader.Header.Shape.ToArray().ShouldBe([0, 168]);
        reader.ReadSingles().ShouldBeEmpty();
        stream.Length.ShouldBe(128);
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
    }

    [Test]
    public void A_series_that_cannot_be_transformed_is_named_by_its_place_in_the_source()
    {
        using var folder = new TemporaryFolder();
        float[] values = _set.Values.ToArray();
        values[(13 * Length) + 7] = float.NaN;
        using SeriesReader source = SeriesReader.From("gap.ts", [RocketCases.Univariate(values, Length, "gap.ts")]);
        Should.Throw<DataFormatException>(() => _rocket.TransformToNpy(source, folder.File("a.npy"), new TransformStreamOptions { RowsPerChunk = 4 }))
            .Message.ShouldContain("gap.ts: series 13, position 7");
        File.Exists(folder.File("a.npy")).ShouldBeFalse();
        using SeriesReader other = SeriesReader.From("long.ts", [RocketCases.RandomWalks(2, Length + 1)]);
        Should.Throw<DataFormatException>(() => _rocket.TransformToNpy(other, folder.File("b.npy"))).Message.ShouldContain("fitted for 20");
        Directory.GetFiles(folder.Path).ShouldBe([folder.File("a.npy.partial"), folder.File("a.npy.partial.json")], ignoreOrder: true);
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_device_is_written_directly()
    {
        using SeriesReader source = Source();
        _rocket.TransformToNpy(source, "/dev/null").SeriesDone.ShouldBe(Count);
        File.Exists("/dev/null.partial").ShouldBeFalse();
    }

    [Test]
    public void Counts_go_to_files_of_16_bits()
    {
        using var folder = new TemporaryFolder();
        using (SeriesReader source = Source())
            _rocket.TransformToNpy(source, folder.File("counts.npy"), new TransformStreamOptions { Counts = true, RowsPerChunk = 5 }).SeriesDone.ShouldBe(Count);
        byte[] bytes = File.ReadAllBytes(folder.File("counts.npy"));
        System.Text.Encoding.ASCII.GetString(bytes, 0, 128).ShouldContain("<u2");
        bytes.Length.ShouldBe(128 + (Count * 168 * sizeof(ushort)));
        using MiniRocketCounts expected = _rocket.TransformCounts(_set);
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<ushort> row = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan(128 + (i * 168 * sizeof(ushort)), 168 * sizeof(ushort)));
            row.SequenceEqual(expected.Row(i)).ShouldBeTrue($"series {i}");
        }

        using SeriesReader again = Source();
        Should.Throw<ArgumentException>(() => _rocket.TransformChunks(again, (_, _, _) => { }, new TransformStreamOptions { Counts = true })).Message.ShouldContain("counts go to files");
    }

    [Test]
    public void Wrong_arguments_are_named()
    {
        using SeriesReader source = Source();
        Should.Throw<ArgumentOutOfRangeException>(() => _rocket.TransformChunks(source, (_, _, _) => { }, new TransformStreamOptions { RowsPerChunk = -1 }));
        Should.Throw<DirectoryNotFoundException>(() => _rocket.TransformToNpy(source, Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}", "a.npy")));
        source.ReadNext(1);
        Should.Throw<ArgumentException>(() => _rocket.TransformToNpy(source, "a.npy")).Message.ShouldContain("open it anew");
    }

    [Test]
    public void Memory_does_not_grow_with_the_number_of_series()
    {
        // 60 000 series make 40 MB of features from 5 MB of values, which go through pieces of 100.
        const int Many = 60_000;
        using var folder = new TemporaryFolder();
        using SeriesReader source = SeriesReader.Generate("walks", (first, most) => RocketCases.RandomWalks(Math.Min(most, 100), Length, (ulong)first), Many);
        long least = long.MaxValue, most = 0;
        var options = new TransformStreamOptions
        {
            RowsPerChunk = 100,
            Progress = new Reports(progress =>
            {
                if (progress.SeriesDone % 10_000 != 0 || progress.SeriesDone == 0) return;
                long memory = GC.GetTotalMemory(forceFullCollection: true);
                least = Math.Min(least, memory);
                most = Math.Max(most, memory);
            }),
        };
        long before = GC.GetTotalAllocatedBytes();
        _rocket.TransformToNpy(source, folder.File("many.npy"), options);
        (most - least).ShouldBeLessThan(4 << 20);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(Many * Length * sizeof(float) * 5L);
        new FileInfo(folder.File("many.npy")).Length.ShouldBe(128 + (Many * 168L * sizeof(float)));
    }

    private SeriesReader Source(bool known = true) => SeriesReader.From("made", [_set], known ? Count : null);

    /// <summary>Keeps what is reported, or passes it on, on the thread that reports.</summary>
    internal sealed class Reports(Action<TransformProgress>? pass = null) : List<TransformProgress>, IProgress<TransformProgress>
    {
        public void Report(TransformProgress value)
        {
            Add(value);
            pass?.Invoke(value);
        }
    }
}
