using FastNets.Data;
using FastNets.Engine.Tests.Serialization;
using FastNets.Rocket;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket;

/// <summary>A transform to a file that is stopped and gone on with.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MiniRocketResumeTests : IDisposable
{
    private const int Count = 23;
    private const int Length = 20;
    private const int RowBytes = 168 * sizeof(float);
    private const int HeaderBytes = 128;

    private readonly SeriesSet _set = RocketCases.RandomWalks(Count, Length);
    private readonly MiniRocket _rocket = Fitted(seed: 2);
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _whole;

    public MiniRocketResumeTests()
    {
        _rocket.TransformToNpy(_set, _folder.File("whole.npy"));
        _whole = File.ReadAllBytes(_folder.File("whole.npy"));
    }

    private string Output => _folder.File("out.npy");

    private string Partial => _folder.File("out.npy.partial");

    private string State => _folder.File("out.npy.partial.json");

    public void Dispose() => _folder.Dispose();

    [Test]
    public void A_run_that_is_stopped_at_any_row_becomes_the_same_file([Values] bool known)
    {
        for (int row = 1; row < Count; row++)
        {
            StopAt(row, known);
            new FileInfo(Partial).Length.ShouldBe(HeaderBytes + (row * RowBytes));
            Resumed(known).SeriesResumed.ShouldBe(row);
            File.ReadAllBytes(Output).ShouldBe(_whole, $"stopped at row {row}");
            Directory.GetFiles(_folder.Path).Length.ShouldBe(2);
        }
    }

    [Test]
    public void What_was_written_after_the_last_flush_is_cut_off_and_computed_anew([Values(0, 1, RowBytes - 1, RowBytes, 3 * RowBytes)] int more)
    {
        StopAt(9);
        using (FileStream partial = File.OpenWrite(Partial))
        {
            partial.Seek(0, SeekOrigin.End);
            partial.Write(Enumerable.Repeat((byte)0xA5, more).ToArray());
        }

        Resumed().SeriesResumed.ShouldBe(9);
        File.ReadAllBytes(Output).ShouldBe(_whole);
    }

    [TestCase(HeaderBytes + (9 * RowBytes) - 1, 8)]
    [TestCase(HeaderBytes + (4 * RowBytes), 4)]
    [TestCase(HeaderBytes + 1, 0)]
    [TestCase(HeaderBytes - 1, 0)]
    [TestCase(0, 0)]
    public void A_partial_file_that_was_cut_short_is_cut_back_to_whole_rows(int length, int rows)
    {
        StopAt(9);
        using (FileStream partial = File.OpenWrite(Partial)) partial.SetLength(length);
        TransformProgress done = Resumed();
        done.SeriesResumed.ShouldBe(rows);
        done.SeriesLost.ShouldBe(9 - rows);
        File.ReadAllBytes(Output).ShouldBe(_whole);
    }

    [Test]
    public void A_run_may_be_stopped_again_and_again()
    {
        StopAt(3);
        for (int row = 4; row < Count; row += 3) StopAt(row, resume: true);
        Resumed().SeriesDone.ShouldBe(Count);
        File.ReadAllBytes(Output).ShouldBe(_whole);
    }

    [Test]
    public void Without_a_partial_file_it_begins_at_the_first_series()
    {
        Resumed().SeriesResumed.ShouldBe(0);
        File.ReadAllBytes(Output).ShouldBe(_whole);
    }

    [Test]
    public void Without_resuming_the_partial_file_is_replaced()
    {
        StopAt(9);
        File.WriteAllBytes(Partial, [.. Enumerable.Repeat((byte)7, 100_000)]);
        using SeriesReader source = Source();
        _rocket.TransformToNpy(source, Output);
        File.ReadAllBytes(Output).ShouldBe(_whole);
        File.Exists(Partial).ShouldBeFalse();
        File.Exists(State).ShouldBeFalse();
    }

    [Test]
    public void Stopping_before_the_first_row_leaves_nothing()
    {
        using SeriesReader source = Source();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => _rocket.TransformToNpy(source, Output, new TransformStreamOptions { Cancellation = stop.Token }));
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1);
    }

    [Test]
    public void The_old_output_stays_until_the_new_one_is_whole()
    {
        File.WriteAllText(Output, "old");
        StopAt(5);
        File.ReadAllText(Output).ShouldBe("old");
        Resumed();
        File.ReadAllBytes(Output).ShouldBe(_whole);
    }

    [Test]
    public void A_partial_file_of_another_transform_is_refused()
    {
        StopAt(5);
        Refusal(Source(), Fitted(seed: 3)).ShouldContain("out.npy.partial: it was begun with another transform");
        Refusal(Source(), MiniRocket.Fit(_set, new MiniRocketOptions { Features = 84 })).ShouldContain("its rows are 168 elements of type '<f4', not 84");
    }

    [Test]
    public void A_partial_file_of_other_series_is_refused()
    {
        StopAt(9);
        Refusal(SeriesReader.From("more", [_set], Count + 1)).ShouldContain("it was begun with 23 series, but there are 24 now");
        Refusal(SeriesReader.From("few", [_set.Subset([0, 1, 2, 3])])).ShouldContain("it holds 9 rows, but few has only 4 series");
        Refusal(SeriesReader.From("other", [RocketCases.RandomWalks(Count, Length, seed: 9)])).ShouldContain("its row 0 is not what series 0 of other gives");
        float[] values = _set.Values.ToArray();
        Array.Reverse(values, 8 * Length, Length);
        Refusal(SeriesReader.From("changed", [RocketCases.Univariate(values, Length)])).ShouldContain("its row 8 is not what series 8 of changed gives");
        Refusal(SeriesReader.From("long", [RocketCases.RandomWalks(Count, Length + 1)])).ShouldContain("21 time steps");
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("{\"origin\":1,\"element\":\"<f4\",\"row_length\":168,\"rows\":5}")]
    [TestCase("{\"origin\":\"x\",\"element\":\"<f4\",\"row_length\":168,\"rows\":-5}")]
    [TestCase("{\"origin\":\"x\",\"element\":\"<u2\",\"row_length\":168,\"rows\":5}")]
    public void A_partial_file_without_a_sound_description_is_refused(string? state)
    {
        StopAt(5);
        if (state is null) File.Delete(State);
        else File.WriteAllText(State, state);
        Refusal(Source()).ShouldContain("out.npy.partial");
    }

    [Test]
    public void A_file_of_another_kind_under_the_name_is_refused()
    {
        StopAt(5);
        byte[] partial = File.ReadAllBytes(Partial);
        partial[3] ^= 1;
        File.WriteAllBytes(Partial, partial);
        Refusal(Source()).ShouldContain("it is no partial file of such rows");
    }

    [Test]
    public void A_run_that_was_ended_right_before_the_file_got_its_name_is_gone_on_with()
    {
        StopAt(9);
        File.WriteAllBytes(Partial, _whole);
        StopAt(15, resume: true);
        Resumed().SeriesResumed.ShouldBe(15);
        File.ReadAllBytes(Output).ShouldBe(_whole);
    }

    [Test]
    public void Where_the_file_cannot_get_its_name_all_rows_are_kept()
    {
        using (SeriesReader source = Source())
        {
            var options = new TransformStreamOptions { RowsPerChunk = 4, Progress = new MiniRocketSourceTests.Reports(_ => Directory.CreateDirectory(Path.Combine(Output, "inside"))) };
            Exception thrown = Should.Throw<Exception>(() => _rocket.TransformToNpy(source, Output, options));
            (thrown is IOException or UnauthorizedAccessException).ShouldBeTrue(thrown.ToString());
        }

        Directory.Delete(Output, recursive: true);
        Resumed().SeriesResumed.ShouldBe(Count);
        File.ReadAllBytes(Output).ShouldBe(_whole);
        Directory.GetFiles(_folder.Path).Length.ShouldBe(2);
    }

    [Test]
    public void A_partial_file_in_use_is_left_alone()
    {
        StopAt(5);
        using var use = new FileStream(Partial, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using SeriesReader source = Source();
        Should.Throw<IOException>(() => _rocket.TransformToNpy(source, Output)).Message.ShouldContain("out.npy.partial");
    }

    [Test]
    public void Rows_are_flushed_on_the_way()
    {
        using SeriesReader source = Source();
        List<string> states = [];
        _rocket.TransformToNpy(source, Output, new TransformStreamOptions
        {
            RowsPerChunk = 4,
            BytesBetweenFlushes = 8 * RowBytes,
            Progress = new MiniRocketSourceTests.Reports(_ =>
            {
                if (File.Exists(State)) states.Add(File.ReadAllText(State));
            }),
        });

        // A flush goes on beside the next chunks, but is over before the next flush begins.
        int[] rows = [.. states.Select(s => int.Parse(s[(s.LastIndexOf(':') + 1)..^1], System.Globalization.CultureInfo.InvariantCulture))];
        rows.ShouldBe(rows.Order());
        rows.ShouldBeSubsetOf([0, 8, 16]);
        rows[^1].ShouldBeGreaterThanOrEqualTo(8);
    }

    private static MiniRocket Fitted(ulong seed) => MiniRocket.Fit(RocketCases.RandomWalks(3, Length, seed), new MiniRocketOptions { Features = 168 });

    private SeriesReader Source(bool known = true) => SeriesReader.From("made", [_set], known ? Count : null);

    private void StopAt(int row, bool known = true, bool resume = false)
    {
        using SeriesReader source = Source(known);
        using var stop = new CancellationTokenSource();
        var options = new TransformStreamOptions
        {
            RowsPerChunk = 1,
            Resume = resume,
            Cancellation = stop.Token,
            Progress = new MiniRocketSourceTests.Reports(progress =>
            {
                if (progress.SeriesDone == row) stop.Cancel();
            }),
        };
        Should.Throw<OperationCanceledException>(() => _rocket.TransformToNpy(source, Output, options));
    }

    private TransformProgress Resumed(bool known = true)
    {
        using SeriesReader source = Source(known);
        return _rocket.TransformToNpy(source, Output, new TransformStreamOptions { Resume = true, RowsPerChunk = 5 });
    }

    private string Refusal(SeriesReader source, MiniRocket? rocket = null)
    {
        byte[] before = File.ReadAllBytes(Partial);
        using SeriesReader read = source;
        string message = Should.Throw<DataFormatException>(() => (rocket ?? _rocket).TransformToNpy(read, Output, new TransformStreamOptions { Resume = true })).Message;
        File.ReadAllBytes(Partial).ShouldBe(before);
        File.Exists(Output).ShouldBeFalse();
        return message;
    }
}
