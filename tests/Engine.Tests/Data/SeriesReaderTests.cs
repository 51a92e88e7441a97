using System.Text;
using FastNets.Data;
using FastNets.Engine.Tests.Serialization;
using FastNets.Random;
using FastNets.Serialization;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

/// <summary>Files read in pieces give what they give when they are read whole.</summary>
public class SeriesReaderTests
{
    private const int Series = 37;

    private static IEnumerable<TestCaseData> Formats()
    {
        yield return Case("csv", Lines(i => $"{i % 5},{i}.5,2,{-i}\n"));
        yield return Case("csv with a header", "label,a,b\n" + Lines(i => $"{9 - (i % 3)},{i},1e-3\n"));
        yield return Case("label last", Lines(i => $"{i},0.5,c{i % 4}\n"));
        yield return Case("tsv, unequal lengths", Lines(i => $"{i % 2}\t{i}\t3\t{(i % 3 == 0 ? "NaN" : "4")}\n"));
        yield return Case("blank lines, comments and CRLF", Lines(i => $"{i % 2} {i} 3\r\n{(i % 4 == 0 ? "\r\n# no series\r\n" : "")}").TrimEnd('\n'));
        yield return Case("ts", "@univariate true\n@classLabel true b a\n@data\n" + Lines(i => $"{string.Join(',', Enumerable.Range(i, 1 + (i % 4)))}:{(i % 3 == 0 ? "a" : "b")}\n"));
        yield return Case("ts of two channels", "@data\n" + Lines(i => $"{i},2:3,{i}\n"));
        yield return Case("arff", "@relation r\n@attribute t0 numeric\n@attribute t1 numeric\n@attribute class {x,y}\n@data\n" + Lines(i => $"{i},2,{(i % 2 == 0 ? "y" : "x")}\n"));
        yield return Case(
            "arff of two channels",
            "@relation r\n@attribute m relational\n@attribute t0 numeric\n@attribute t1 numeric\n@end m\n@attribute class {x,y}\n@data\n" + Lines(i => $"'{i},1\\n2,{i}',x\n"));
        yield return Case("csv of two channels", Lines(i => $"{i % 5},{i},1,2,{(i % 2 == 0 ? "NaN" : "7")}\n"), new SeriesFileOptions { Csv = new CsvOptions { Channels = 2 } });
        yield return Case("missing values", Lines(i => $"1,{i},NaN,3\n"), new SeriesFileOptions { Missing = MissingValues.Interpolate });
        yield return Case("npy", Npy([Series, 4]));
        yield return Case("npy of two channels", Npy([Series, 2, 3]));
        yield return Case("npy, channels last", Npy([Series, 3, 2]), new SeriesFileOptions { Layout = ArrayLayout.ChannelsLast });
        yield return Case("npy in Fortran order", Replaced(Npy([Series, 4]), "'fortran_order': False", "'fortran_order': True "));
        yield return Case("npy of integers", Replaced(Npy([Series, 4]), "'<f4'", "'>i4'"));
        yield return Case("npz", Arrays.Npz(("x", Npy([Series, 4])), ("y", Labels())));
        yield return Case("idx", (byte[])[0, 0, 8, 3, 0, 0, 0, Series, 0, 0, 0, 2, 0, 0, 0, 2, .. Enumerable.Range(0, 4 * Series).Select(i => (byte)i)]);
    }

    [TestCaseSource(nameof(Formats))]
    public void Pieces_put_together_are_the_whole(byte[] file, SeriesFileOptions options)
    {
        SeriesSet whole = Text.Read(file, options);
        foreach (byte[] content in new[] { file, Text.Gzip(file) })
        {
            for (ulong seed = 0; seed < 8; seed++)
            {
                var random = new PhiloxStream(seed, 0);
                using SeriesReader reader = SeriesFile.Open(new UnseekableStream(content), Text.Name, options);
                int next = 0;
                while (reader.ReadNext(seed == 0 ? 1 : 1 + random.NextInt32(20)) is { } piece)
                {
                    ShouldEqual(piece, whole, next);
                    next += piece.Count;
                    reader.Position.ShouldBe(next);
                }

                next.ShouldBe(whole.Count);
                reader.ReadNext(1).ShouldBeNull();
                (reader.Count ?? next).ShouldBe(next);
                reader.Channels.ShouldBe(whole.Channels);
                if (reader.Classes.Count > 0) reader.Classes.Order(StringComparer.Ordinal).ShouldBe(whole.Classes.Order(StringComparer.Ordinal));
            }
        }
    }

    [TestCaseSource(nameof(Formats))]
    public void Series_that_are_skipped_are_missing_and_no_others(byte[] file, SeriesFileOptions options)
    {
        SeriesSet whole = Text.Read(file, options);
        using var folder = new TemporaryFolder();
        string path = folder.Write("file", file);
        for (ulong seed = 0; seed < 8; seed++)
        {
            var random = new PhiloxStream(seed, 0);
            using SeriesReader reader = seed % 2 == 0 ? SeriesFile.Open(path, options) : SeriesFile.Open(new MemoryStream(Text.Gzip(file)), "gz", options);
            int next = 0;
            while (next < Series)
            {
                int skip = random.NextInt32(9);
                int skipped = Math.Min(skip, Series - next);
                reader.Skip(skip).ShouldBe(skipped);
                next += skipped;
                SeriesSet? piece = reader.ReadNext(1 + random.NextInt32(5));
                if (piece is null) break;
                ShouldEqual(piece, whole, next);
                next += piece.Count;
            }

            next.ShouldBe(Series);
            reader.Skip(5).ShouldBe(0);
            reader.Position.ShouldBe(Series);
        }
    }

    [Test]
    public void After_a_mistake_nothing_more_can_be_read([Values] bool skip)
    {
        using SeriesReader reader = SeriesFile.Open(new MemoryStream(Encoding.UTF8.GetBytes("1,2,3\n1,2,x\n1,2,3\n")), Text.Name);
        reader.ReadNext(1)!.Count.ShouldBe(1);
        Should.Throw<DataFormatException>(() => reader.ReadNext(1));
        Should.Throw<InvalidOperationException>(() => skip ? reader.Skip(1) : reader.ReadNext(1)!.Count).Message.ShouldContain("open it anew");
        reader.Position.ShouldBe(1);
    }

    [Test]
    public void A_mistake_is_told_in_the_same_words()
    {
        string[] files =
        [
            Lines(i => i == 20 ? "1,2,x\n" : "1,2,3\n"),
            Lines(i => i == 20 ? "\n1,2\n" : "1,2,3\n"),
            Lines(i => i == 20 ? ",2,3\n" : "1,2,3\n"),
            "@classLabel true a\n@data\n" + Lines(i => i == 20 ? "1,2:b\n" : "1,2:a\n"),
            "@classLabel true a\n@data\n" + Lines(i => i == 20 ? "1,2:?\n" : "1,2:a\n"),
            "@relation r\n@attribute t0 numeric\n@attribute class {x}\n@data\n" + Lines(i => i == 20 ? "1,y\n" : "1,x\n"),
            "@data\n",
            "a,b,c\n",
            "",
        ];
        foreach (string file in files)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(file);
            foreach (int pieces in new[] { 1, 7, 100 }) RefusalInPieces(bytes, pieces).ShouldBe(Text.Refusal(bytes));
        }
    }

    [Test]
    public void A_missing_value_is_named_by_its_series_and_line_in_the_whole_file()
    {
        byte[] file = Encoding.UTF8.GetBytes(Lines(i => i == 20 ? "1,NaN,2,3\n" : "1,1,2,3\n"));
        using SeriesReader reader = SeriesFile.Open(new MemoryStream(file), "f.csv");
        reader.Skip(19);
        reader.ReadNext(1)!.RequireFinite();
        SeriesSet piece = reader.ReadNext(7)!;
        Should.Throw<DataFormatException>(() => piece.RequireFinite()).Message.ShouldStartWith("f.csv(21): series 20, position 0");
    }

    [Test]
    public void What_follows_the_series_is_checked()
    {
        byte[] npy = Npy([Series, 4]);
        foreach (byte[] after in new[] { Npy([3]), [.. Labels(), .. Labels()], [1, 2, 3] })
        {
            byte[] file = [.. npy, .. after];
            foreach (int pieces in new[] { 1, 7, 100 }) RefusalInPieces(file, pieces).ShouldBe(Text.Refusal(file));
        }

        RefusalInPieces(npy[..^1], 5).ShouldBe(Text.Refusal(npy[..^1]));
        RefusalInPieces([.. npy, .. Labels()[..^1]], 5).ShouldContain("cut off");
        using SeriesReader labelled = SeriesFile.Open(new MemoryStream([.. npy, .. Labels()]), "f");
        labelled.ReadNext(100)!.HasLabels.ShouldBeFalse();
        labelled.ReadNext(1).ShouldBeNull();
    }

    [Test]
    public void Images_come_with_their_labels()
    {
        using var folder = new TemporaryFolder();
        string images = folder.Write("a-images-idx3", [0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3, 4, 5]);
        folder.Write("a-labels-idx1", [0, 0, 8, 1, 0, 0, 0, 5, 7, 7, 1, 7, 3]);
        using SeriesReader reader = SeriesFile.Open(images);
        reader.Count.ShouldBe(5);
        SeriesSet first = reader.ReadNext(3)!;
        first.Labels.ToArray().ShouldBe([0, 0, 1]);
        first.Classes.ShouldBe(["7", "1"]);
        reader.Skip(1).ShouldBe(1);
        Text.Names(reader.ReadNext(9)!).ShouldBe(["3"]);
        SeriesFile.Read(images).Classes.ShouldBe(["1", "3", "7"]);

        folder.Write("a-labels-idx1", [0, 0, 8, 1, 0, 0, 0, 5, 7, 7, 1, 7, 3, 0]);
        using SeriesReader longer = SeriesFile.Open(images);
        Should.Throw<DataFormatException>(() => longer.ReadNext(5)).Message.ShouldContain("a-labels-idx1: more follows the 5 elements");
    }

    [Test]
    public void Closing_the_reader_closes_the_file_but_not_the_callers_stream()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "1,2,3\n");
        SeriesFile.Open(path).Dispose();
        Should.Throw<DataFormatException>(() => SeriesFile.Open(folder.Write("b.csv", "1;\"x\n")));
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        using (new FileStream(folder.File("b.csv"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        using (var stream = new MemoryStream("1,2,3\n"u8.ToArray()))
        {
            SeriesFile.Open(stream, "memory").Dispose();
            stream.CanRead.ShouldBeTrue();
        }
    }

    [Test]
    public void A_damaged_file_is_read_in_pieces_or_refused()
    {
        foreach (TestCaseData format in Formats())
        {
            var options = (SeriesFileOptions)format.Arguments[1]!;
            Damage.Check((byte[])format.Arguments[0]!, bytes =>
            {
                using SeriesReader reader = SeriesFile.Open(new MemoryStream(bytes), "damaged", options);
                while (reader.ReadNext(5) is not null) reader.Skip(3);
            }, rounds: 100);
        }
    }

    [Test]
    public void A_piece_of_long_series_stays_small()
    {
        const int Length = 1 << 23;
        byte[] header;
        using (var stream = new MemoryStream())
        {
            NpyWriter.WriteHeader(stream, "|u1", [1000, Length]);
            header = stream.ToArray();
        }

        using SeriesReader reader = SeriesFile.Open(new EndlessZeros(header), "long");
        reader.ReadNext(1000)!.Count.ShouldBe(2);
        reader.ReadNext(1)!.Count.ShouldBe(1);
    }

    private static string RefusalInPieces(byte[] file, int pieces) => Should.Throw<DataFormatException>(() =>
    {
        using SeriesReader reader = SeriesFile.Open(new MemoryStream(file), Text.Name);
        while (reader.ReadNext(pieces) is not null) continue;
    }).Message;

    private static void ShouldEqual(SeriesSet piece, SeriesSet whole, int first)
    {
        piece.Channels.ShouldBe(whole.Channels);
        for (int i = 0; i < piece.Count; i++)
        {
            piece.LengthOf(i).ShouldBe(whole.LengthOf(first + i));
            piece.Series(i).SequenceEqual(whole.Series(first + i)).ShouldBeTrue($"series {first + i}");
            piece.LineOf(i).ShouldBe(whole.LineOf(first + i));
            if (piece.HasLabels) piece.Classes[piece.Labels[i]].ShouldBe(whole.Classes[whole.Labels[first + i]]);
        }
    }

    private static TestCaseData Case(string name, string text, SeriesFileOptions? options = null) => Case(name, Encoding.UTF8.GetBytes(text), options);

    private static TestCaseData Case(string name, byte[] file, SeriesFileOptions? options = null)
        => new TestCaseData(file, options ?? new SeriesFileOptions()).SetArgDisplayNames(name);

    private static string Lines(Func<int, string> line) => string.Concat(Enumerable.Range(0, Series).Select(line));

    private static byte[] Npy(long[] shape)
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (float)i)], shape);
        return stream.ToArray();
    }

    private static byte[] Labels()
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, [.. Enumerable.Range(0, Series).Select(i => (long)(i % 3))]);
        return stream.ToArray();
    }

    private static byte[] Replaced(byte[] file, string old, string by)
    {
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(old));
        Encoding.ASCII.GetBytes(by, file.AsSpan(at, old.Length));
        return file;
    }

    private sealed class EndlessZeros(byte[] head) : Stream
    {
        private readonly UnseekableStream _head = new(head);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = _head.Read(buffer, offset, count);
            if (read > 0) return read;
            buffer.AsSpan(offset, count).Clear();
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
